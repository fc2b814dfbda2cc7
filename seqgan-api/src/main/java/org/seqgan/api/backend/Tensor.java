package org.seqgan.api.backend;

/**
 * Float32 numbers, dense and row-major, in a backend's memory. A backend extends this class with
 * its storage.
 */
public abstract non-sealed class Tensor extends Storage {
  /** A tensor of the given shape. */
  protected Tensor(int... shape) {
    super(shape);
  }
}
