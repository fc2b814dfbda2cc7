package org.seqgan.api.operation;

import java.util.Arrays;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/** The steps of padded sequences, and zeros and ones that say which of them count. */
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

  /** One time step of {@code [B, T, n]}, copied, {@code [B, n]}. */
  static Tensor step(TensorScope scope, Tensor a, int t) {
    return scope.reshape(scope.slice(a, 1, t, t + 1), a.dim(0), a.dim(2));
  }
}
