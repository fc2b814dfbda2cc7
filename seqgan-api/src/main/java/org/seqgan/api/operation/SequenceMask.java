package org.seqgan.api.operation;

import java.util.Arrays;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/** Zeros and ones that say which steps of padded sequences count. */
final class SequenceMask {
  private SequenceMask() {}

  /** {@code [B, steps, n]}: ones before each sequence's end, zeros from there on. */
  static Tensor beforeEnd(TensorScope scope, int[] ends, int steps, int n) {
    float[] mask = new float[Math.multiplyExact(ends.length, Math.multiplyExact(steps, n))];
    for (int b = 0; b < ends.length; b++) {
      int from = b * steps * n;
      Arrays.fill(mask, from, from + Math.min(ends[b], steps) * n, 1f);
    }
    return scope.tensor(mask, ends.length, steps, n);
  }
}
