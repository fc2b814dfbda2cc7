package org.seqgan.core.training;

import java.util.Map;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

/**
 * What is subtracted from Q, one number per position: it leaves the expected gradient as it is and
 * lowers its variance (Williams 1992). The paper uses none.
 */
final class RewardBaseline {
  private static final String MEANS = "means";
  private static final String STARTED = "started";

  private final TrainingOptions.Adversarial options;
  private final float[] average;
  private boolean started;

  RewardBaseline(TrainingOptions.Adversarial options, int time) {
    this.options = options;
    this.average = new float[time];
  }

  TokenValues subtract(TokenValues rewards, Sequences batch) {
    return switch (options.baseline()) {
      case NONE -> rewards;
      case BATCH_MEAN -> minus(rewards, batch, means(rewards, batch));
      case MOVING_AVERAGE -> {
        float[] means = means(rewards, batch);
        float keep = started ? options.baselineDecay() : 0f;
        started = true;
        for (int t = 0; t < average.length; t++) {
          average[t] = keep * average[t] + (1 - keep) * means[t];
        }
        yield minus(rewards, batch, average);
      }
    };
  }

  private static float[] means(TokenValues rewards, Sequences batch) {
    float[] means = new float[rewards.time()];
    for (int t = 0; t < means.length; t++) {
      double sum = 0;
      int count = 0;
      for (int i = 0; i < batch.count(); i++) {
        if (t < batch.length(i)) {
          sum += rewards.get(i, t);
          count++;
        }
      }
      means[t] = count == 0 ? 0f : (float) (sum / count);
    }
    return means;
  }

  private static TokenValues minus(TokenValues rewards, Sequences batch, float[] baseline) {
    float[] values = rewards.values().clone();
    for (int i = 0; i < batch.count(); i++) {
      for (int t = 0; t < batch.length(i); t++) {
        values[i * rewards.time() + t] -= baseline[t];
      }
    }
    return new TokenValues(rewards.count(), rewards.time(), values);
  }

  NamedArrays state() {
    return new NamedArrays(
        Map.of(
            MEANS, new FloatArray(new int[] {average.length}, average.clone()),
            STARTED, new FloatArray(new int[] {1}, new float[] {started ? 1 : 0})));
  }

  void setState(NamedArrays state) {
    System.arraycopy(state.get(MEANS).values(), 0, average, 0, average.length);
    started = state.get(STARTED).values()[0] != 0;
  }
}
