package org.seqgan.core.reward;

import java.util.function.IntToDoubleFunction;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.reward.Reward;

/**
 * Rewards that say nothing about the sequence they are given for. What a method gains over them is
 * what its reward is worth; what they gain over pre-training is REINFORCE sharpening the model by
 * itself.
 */
final class ControlRewards {
  private ControlRewards() {}

  /** The same number for every token. */
  static Reward constant(float value) {
    return request -> fill(request.sequences(), at -> value);
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
   * Another reward's values, given to the wrong sequences: those of one row go to another, by a
   * random order of the batch. Values and their means per position are those of the real reward,
   * for sequences of equal length.
   */
  static Reward shuffled(Reward reward) {
    return request -> {
      Sequences sequences = request.sequences();
      TokenValues values = reward.reward(request);
      int[] order = request.stream().split("shuffle").permutation(sequences.count());
      int time = sequences.time();
      return fill(sequences, at -> values.get(order[at / time], at % time));
    };
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
