package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

/**
 * Real sequences within a batch of the policy gradient, with a constant reward (TextGAIL: Wu et
 * al., AAAI-21):
 *
 * <pre>
 * loss = sum over generated -w_t log G(y_t | Y_1:t-1) + sum over real -r log G(x_t | X_1:t-1)
 * </pre>
 *
 * <p>So every step imitates a little, beside what the reward asks for. No baseline is subtracted
 * from r. At a temperature T both terms have G_T, the policy that learns.
 *
 * @param share of the batch
 * @param reward r, of every token
 */
record Demonstrations(float share, float reward) {
  /** How many of a batch; at least one sequence of it is generated. */
  int of(int batchSize) {
    return Math.min(Math.round(share * batchSize), batchSize - 1);
  }

  /** The generated sequences, then the real ones; the generated ones themselves without others. */
  static Sequences after(Sequences generated, Sequences real) {
    return real.count() == 0 ? generated : Sequences.concat(List.of(generated, real));
  }

  /**
   * The weights of their tokens.
   *
   * @param generated those of the generated sequences
   */
  TokenValues after(TokenValues generated, Sequences real) {
    if (real.count() == 0) {
      return generated;
    }
    float[] values = new float[generated.values().length + real.tokens().length];
    System.arraycopy(generated.values(), 0, values, 0, generated.values().length);
    for (int i = 0; i < real.count(); i++) {
      int from = (generated.count() + i) * real.time();
      Arrays.fill(values, from, from + real.length(i), reward);
    }
    return new TokenValues(generated.count() + real.count(), real.time(), values);
  }
}
