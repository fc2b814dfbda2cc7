package org.seqgan.core.reward;

import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;

/**
 * The paper's action value (Eq. 4), the reward {@code discriminator}:
 *
 * <pre>
 * Q(Y_1:t-1, y_t) = 1/N sum over n of D(Y^n_1:T), Y^n completed from Y_1:t by G_beta    for t &lt; T
 * Q(Y_1:T-1, y_T) = D(Y_1:T)                                                            for t = T
 * </pre>
 *
 * <p>For a sequence that ends before the last position, T is its own length.
 */
final class MonteCarloSearch implements Reward {
  private final int rollOuts;

  /** Search with N completions of each prefix. */
  MonteCarloSearch(int rollOuts) {
    this.rollOuts = rollOuts;
  }

  @Override
  public TokenValues reward(RewardRequest request) {
    Sequences sequences = request.sequences();
    Completions completions = request.complete(rollOuts);
    float[] whole = request.discriminator().probabilityReal(sequences); // (batch)
    float[] completed =
        request.discriminator().probabilityReal(completions); // (time - 1, N, batch)

    int time = sequences.time();
    double[] sums = new double[sequences.count() * time]; // (batch, time)
    for (int row = 0; row < completed.length; row++) {
      sums[completions.sequence(row) * time + completions.prefixLength(row) - 1] += completed[row];
    }
    float[] q = new float[sums.length]; // (batch, time)
    for (int i = 0; i < sequences.count(); i++) {
      int last = sequences.length(i) - 1;
      for (int t = 0; t < last; t++) {
        q[i * time + t] = (float) (sums[i * time + t] / rollOuts);
      }
      q[i * time + last] = whole[i];
    }
    return new TokenValues(sequences.count(), time, q);
  }
}
