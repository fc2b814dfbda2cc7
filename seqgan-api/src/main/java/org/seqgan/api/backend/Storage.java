package org.seqgan.api.backend;

import java.util.Arrays;

/**
 * What {@link Tensor} and {@link IntTensor} have in common: a shape, and a life that ends with its
 * scope.
 */
public abstract sealed class Storage permits Tensor, IntTensor {
  private final int[] shape;
  private final int size;
  private boolean closed;

  Storage(int... shape) {
    long product = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new ShapeException("negative dimension in shape " + Arrays.toString(shape));
      }
      product *= dimension;
    }
    if (product > Integer.MAX_VALUE - 16) {
      throw new ShapeException("shape " + Arrays.toString(shape) + " has more than 2^31 elements");
    }
    this.shape = shape.clone();
    this.size = (int) product;
  }

  /** The sizes of the axes; a copy. */
  public final int[] shape() {
    return shape.clone();
  }

  /** The number of axes. */
  public final int rank() {
    return shape.length;
  }

  /** The size of one axis, counted from 0. */
  public final int dim(int axis) {
    return shape[axis];
  }

  /** The number of elements. */
  public final int size() {
    return size;
  }

  /** Whether its scope has been closed. */
  public final boolean isClosed() {
    return closed;
  }

  final void markClosed() {
    closed = true;
  }

  /** Whether the sizes of its axes are these. */
  public final boolean hasShape(int... expected) {
    return Arrays.equals(shape, expected);
  }

  @Override
  public final String toString() {
    return Arrays.toString(shape);
  }
}
