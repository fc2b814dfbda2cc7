package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Storage;

/**
 * An axis of a shape: element k of it, for the outer index i and the inner index j, is at {@code (i
 * * length + k) * inner + j}.
 */
record Axis(int outer, int length, int inner) {
  static Axis of(Storage a, int axis) {
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

  /** The distance of two outer indices. */
  int stride() {
    return length * inner;
  }
}
