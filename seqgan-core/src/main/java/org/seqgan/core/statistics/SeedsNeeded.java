package org.seqgan.core.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many more seeds of each method would probably decide a comparison.
 *
 * <p>In the normal approximation, if the difference d and the variances are as observed, a
 * two-sided test at level alpha finds the difference with probability 1 - beta from n seeds of each
 * on, n = (z(1 - alpha/2) + z(1 - beta))^2 (s1^2 + s2^2) / d^2. Here 1 - beta is 0.8. The observed
 * difference is itself uncertain, so this is a rule of thumb.
 *
 * @param more how many more, from 1 to {@link #MOST}
 * @param beyond whether it takes more than that many
 */
public record SeedsNeeded(int more, boolean beyond) {
  /** A number of seeds that nobody will run for one comparison. */
  public static final int MOST = 1000;

  private static final double POWER = 0.8;

  /**
   * The estimate for a test that did not decide.
   *
   * @param alpha the level of significance that p must get below
   */
  static SeedsNeeded estimate(WelchTest test, double alpha) {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double z =
        normal.inverseSurvivalProbability(alpha / 2) + normal.inverseCumulativeProbability(POWER);
    double variances = test.first().variance() + test.second().variance();
    double needed = z * z * variances / (test.difference() * test.difference());
    double more = Math.ceil(needed) - Math.min(test.first().count(), test.second().count());
    // A difference of 0 needs infinitely many.
    return more > MOST
        ? new SeedsNeeded(MOST, true)
        : new SeedsNeeded((int) Math.max(1, more), false);
  }

  /** As in "needs about 7 more seeds". */
  @Override
  public String toString() {
    if (beyond) {
      return "more than " + MOST + " more seeds";
    }
    return "about " + more + (more == 1 ? " more seed" : " more seeds");
  }
}
