package org.seqgan.api.backend;

/**
 * Int32 numbers (token ids, lengths), dense and row-major, in a backend's memory. A backend extends
 * this class.
 */
public abstract non-sealed class IntTensor extends Storage {
  /** A tensor of the given shape. */
  protected IntTensor(int... shape) {
    super(shape);
  }
}
