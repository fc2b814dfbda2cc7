package org.example.outsider;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardProvider;

/** Rewards tokens whose id is even. */
public final class ParityRewardProvider implements RewardProvider<ParityRewardProvider.Options> {
  /**
   * What there is to choose.
   *
   * @param value the reward of an even token
   */
  public record Options(
      @Option(description = "the reward of an even token", defaultValue = "1") float value) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "parity", "tokens whose id is even", Options.class, ApiVersion.CURRENT);
  }

  @Override
  public Reward create(RewardContext context, Options options) {
    return request -> {
      Sequences sequences = request.sequences();
      int[] tokens = sequences.tokens();
      float[] values = new float[tokens.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = tokens[i] % 2 == 0 ? options.value() : 0;
      }
      return new TokenValues(sequences.count(), sequences.time(), values);
    };
  }
}
