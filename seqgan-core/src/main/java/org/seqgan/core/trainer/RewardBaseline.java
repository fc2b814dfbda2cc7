package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

/**
 * What is subtracted from Q, one number per position: it leaves the expected gradient as it is and
 * lowers its variance (Williams 1992). The paper uses none.
 *
 * <p>A sequence counts at the positions that it has. So where no sequence of a batch is as long as
 * a position, the moving average there stays as it was, and it begins with the first batch in which
 * one is.
 */
final class RewardBaseline {
  private static final String MEANS = "means";
  private static final String STARTED = "started";

  private final SeqGanOptions.Adversarial options;
  private final float[] average;
  private final boolean[] started;

  RewardBaseline(SeqGanOptions.Adversarial options, int time) {
    this.options = options;
    this.average = new float[time];
    this.started = new boolean[time];
  }

  TokenValues subtract(TokenValues rewards, Sequences batch) {
    return switch (options.baseline()) {
      case NONE -> rewards;
      case BATCH_MEAN -> minus(rewards, batch, means(rewards, batch));
      case MOVING_AVERAGE -> {
        follow(means(rewards, batch), batch);
        yield minus(rewards, batch, average);
      }
    };
  }

  private void follow(float[] means, Sequences batch) {
    int longest = IntStream.of(batch.lengths()).max().orElse(0);
    for (int t = 0; t < longest; t++) {
      float keep = started[t] ? options.baselineDecay() : 0f;
      average[t] = keep * average[t] + (1 - keep) * means[t];
      started[t] = true;
    }
  }

  /** Of each position over the sequences that have it; 0 where none has. */
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
    float[] flags = new float[started.length];
    for (int t = 0; t < flags.length; t++) {
      flags[t] = started[t] ? 1 : 0;
    }
    // In one order, so that equal states are equal files.
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put(MEANS, new FloatArray(new int[] {average.length}, average.clone()));
    arrays.put(STARTED, new FloatArray(new int[] {flags.length}, flags));
    return new NamedArrays(arrays);
  }

  /**
   * Restores {@link #state()}.
   *
   * @throws UserException (data) if it is not of as many positions
   */
  void setState(NamedArrays state) {
    float[] means = array(state, MEANS);
    float[] flags = array(state, STARTED);
    for (int t = 0; t < average.length; t++) {
      average[t] = means[t];
      started[t] = flags[t] != 0;
    }
  }

  private float[] array(NamedArrays state, String name) {
    FloatArray array = state.arrays().get(name);
    if (array == null || !Arrays.equals(array.shape(), new int[] {average.length})) {
      throw new UserException(
          UserException.Kind.DATA,
          "expected array '%s' of shape [%d] in the state of the reward baseline, found %s: it must"
                  .formatted(
                      name, average.length, array == null ? "none" : Arrays.toString(array.shape()))
              + " be what it was saved with; start the run anew");
    }
    return array.values();
  }
}
