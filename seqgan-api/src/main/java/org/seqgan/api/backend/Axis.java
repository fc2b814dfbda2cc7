package org.seqgan.api.backend;

/**
 * An axis of a shape, as a backend's loops see it: element k of it, for the outer index i and the
 * inner index j, is at {@code (i * length + k) * inner + j}.
 *
 * @param outer how many outer indices there are: the product of the dimensions before it
 * @param length its own dimension
 * @param inner how many inner indices there are: the product of the dimensions after it
 */
public record Axis(int outer, int length, int inner) {
  /** An axis, counted from 0, of a tensor's shape. */
  public static Axis of(Storage a, int axis) {
    int outer = 1;
    int inner = 1;
    for (int i = 0; i < a.rank(); i++) {
      if (i < axis) {
        outer *= a.dim(i);
      } else if (i > axis) {
        inner *= a.dim(i);
      }
    }
    return new Axis(outer, a.dim(axis), inner);
  }

  /** Where an element is. */
  public int index(int i, int k, int j) {
    return (i * length + k) * inner + j;
  }

  /** The distance of two outer indices. */
  public int stride() {
    return length * inner;
  }
}
