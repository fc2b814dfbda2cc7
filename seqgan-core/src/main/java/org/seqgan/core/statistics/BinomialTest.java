package org.seqgan.core.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Whether somebody who was right so often did better than a coin. */
public final class BinomialTest {
  private BinomialTest() {}

  /**
   * The exact one-sided p: the probability that a fair coin is right at least so often.
   *
   * @param right how often, 0 to trials
   * @param trials of how many, independent of each other
   */
  public static double betterThanACoin(int right, int trials) {
    if (right < 0 || right > trials) {
      throw new IllegalArgumentException(
          "expected 0 to %d right of %d, found %d".formatted(trials, trials, right));
    }
    return BinomialDistribution.of(trials, 0.5).survivalProbability(right - 1);
  }
}
