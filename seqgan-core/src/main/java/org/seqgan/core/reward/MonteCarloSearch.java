package org.seqgan.core.reward;

import org.seqgan.api.data.ActionValues;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;

/**
 * The paper's action value (Eq. 4), the reward {@code discriminator}: the {@linkplain ActionValues
 * values} of the score D.
 */
final class MonteCarloSearch implements Reward {
  private final int rollOuts;

  /** Search with N completions of each prefix. */
  MonteCarloSearch(int rollOuts) {
    this.rollOuts = rollOuts;
  }

  @Override
  public boolean readsDiscriminator() {
    return true;
  }

  @Override
  public TokenValues reward(RewardRequest request) {
    Completions completions = request.complete(rollOuts);
    float[] whole = request.discriminator().probabilityReal(request.sequences()); // (batch)
    float[] completed =
        request.discriminator().probabilityReal(completions); // (time - 1, N, batch)
    return ActionValues.of(completions, completed, whole);
  }
}
