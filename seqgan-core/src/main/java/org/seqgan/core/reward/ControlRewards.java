package org.seqgan.core.reward;

import java.util.function.IntToDoubleFunction;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;

/**
 * Rewards that say nothing about the sequence they are given for. What a method gains over them is
 * what its reward is worth; what they gain over pre-training is REINFORCE sharpening the model by
 * itself.
 */
final class ControlRewards {
  private ControlRewards() {}

  /** The same number for every token. */
  static Reward constant(float value) {
    return new Constant(value);
  }

  private record Constant(float value) implements Reward {
    @Override
    public TokenValues reward(RewardRequest request) {
      return fill(request.sequences(), at -> value);
    }

    @Override
    public boolean isConstant() {
      return true;
    }
  }

  /** Uniform in [0, 1) for every token. */
  static Reward random() {
    return request -> {
      Sequences sequences = request.sequences();
      RandomDraws draws = request.stream().draws(sequences.tokens().length);
      return fill(sequences, draws::uniform);
    };
  }

  /**
   * Another reward's values, given to the wrong sequences: at each position, those of the sequences
   * that have it are dealt out among them, by one random order of the batch. So the values of each
   * position are those of the real reward, and sequences of equal length swap whole rows.
   */
  static Reward shuffled(Reward reward) {
    return new Shuffled(reward);
  }

  private record Shuffled(Reward reward) implements Reward {
    @Override
    public boolean readsDiscriminator() {
      return reward.readsDiscriminator();
    }

    @Override
    public TokenValues reward(RewardRequest request) {
      Sequences sequences = request.sequences();
      TokenValues values = reward.reward(request);
      int[] order = request.stream().split("shuffle").permutation(sequences.count());
      int time = sequences.time();
      float[] dealt = new float[sequences.tokens().length];
      for (int t = 0; t < time; t++) {
        int to = 0;
        for (int from : order) {
          if (t < sequences.length(from)) {
            to = next(sequences, to, t);
            dealt[to++ * time + t] = values.get(from, t);
          }
        }
      }
      return new TokenValues(sequences.count(), time, dealt);
    }
  }

  /** The first sequence from {@code i} on that has a position. */
  private static int next(Sequences sequences, int i, int t) {
    int next = i;
    while (t >= sequences.length(next)) {
      next++;
    }
    return next;
  }

  private static TokenValues fill(Sequences sequences, IntToDoubleFunction value) {
    int time = sequences.time();
    float[] values = new float[sequences.tokens().length];
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.length(i); t++) {
        values[i * time + t] = (float) value.applyAsDouble(i * time + t);
      }
    }
    return new TokenValues(sequences.count(), time, values);
  }
}
