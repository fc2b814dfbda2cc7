package org.seqgan.api.backend;

/**
 * The result of a differentiable operation.
 *
 * @param output the value
 * @param saved what the gradient needs beside inputs and output
 */
public record Forward(Tensor output, Saved saved) {
  private enum Nothing implements Saved {
    NOTHING
  }

  /** A value whose gradient needs nothing else. */
  public static Forward of(Tensor output) {
    return new Forward(output, Nothing.NOTHING);
  }
}
