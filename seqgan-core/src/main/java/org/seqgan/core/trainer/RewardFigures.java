package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.training.Progress;
import org.seqgan.core.event.Quantile;

/**
 * How the rewards of a step are distributed: their mean, {@value #FIGURE}, and quantiles beside it.
 * Quantiles and not a histogram, because a reward may be of any size: of D it is from 0 to 1, of
 * ranks about one over the batch.
 *
 * <p>A figure of a step is a mean over its batches, and so is a quantile here: of a step with one
 * batch of rewards, as by default, it is the quantile of the step's rewards; of more it is the mean
 * of theirs. That is what can be kept in a few numbers when a step is stopped.
 */
final class RewardFigures {
  static final String FIGURE = "reward";

  /** The least value, two tails, the quartiles, and the greatest. */
  private static final List<Integer> PERCENTS = List.of(0, 10, 25, 50, 75, 90, 100);

  private RewardFigures() {}

  /**
   * Says what they are.
   *
   * @param figures to add to
   * @param mean what the mean is
   */
  static void describe(Map<String, String> figures, String mean) {
    figures.put(FIGURE, mean);
    for (int percent : PERCENTS) {
      figures.put(
          Quantile.name(FIGURE, percent),
          switch (percent) {
                case 0 -> "least of the same rewards";
                case 100 -> "greatest of the same rewards";
                default -> percent + "% of the same rewards are not above it";
              }
              + ", mean over the step's batches");
    }
  }

  /**
   * Adds those of a batch.
   *
   * @param rewards of each token, 0 after the ends
   */
  static void add(Progress progress, TokenValues rewards, Sequences batch) {
    float[] values = rewards.values();
    double[] ofTokens =
        Arrays.stream(NextTokens.everyCell(batch)).mapToDouble(cell -> values[cell]).toArray();
    add(progress, rewards.sum() / ofTokens.length, ofTokens);
  }

  /**
   * Adds those of a batch.
   *
   * @param mean of the rewards
   * @param rewards at least one; sorted here
   */
  static void add(Progress progress, double mean, double[] rewards) {
    progress.add(FIGURE, mean, rewards.length);
    Arrays.sort(rewards);
    for (int percent : PERCENTS) {
      progress.add(Quantile.name(FIGURE, percent), quantile(rewards, percent), rewards.length);
    }
  }

  /**
   * Linear between the two values that it lies between; the least is at 0, the greatest at 100.
   *
   * @param sorted at least one value, in increasing order
   */
  static double quantile(double[] sorted, int percent) {
    double place = percent / 100.0 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
