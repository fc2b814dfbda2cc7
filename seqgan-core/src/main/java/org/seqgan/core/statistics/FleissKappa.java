package org.seqgan.core.statistics;

import java.util.List;

/**
 * How far several raters agree beyond chance (J. L. Fleiss, "Measuring nominal scale agreement
 * among many raters", Psychological Bulletin 76, 1971): kappa = (P - Pe) / (1 - Pe). It is 1 where
 * all agree on everything, 0 where they agree as often as chance would have it, and below 0 where
 * less.
 *
 * <p>P is the mean over subjects of the share of agreeing pairs among the raters of a subject,
 * sum_j n_ij (n_ij - 1) / (n_i (n_i - 1)) with n_ij ratings of subject i as category j and n_i in
 * all; Pe is the sum of the squares of the shares of the categories in all ratings. Fleiss has the
 * same n for every subject; where a rating is missing, n_i is smaller, and a subject with fewer
 * than two ratings is left out.
 */
public sealed interface FleissKappa {
  /**
   * It can be computed.
   *
   * @param kappa at most 1
   * @param observed P, the mean share of agreeing pairs
   * @param expected Pe, what chance would give
   * @param subjects how many had two ratings or more
   */
  record Defined(double kappa, double observed, double expected, int subjects)
      implements FleissKappa {}

  /**
   * It has no value.
   *
   * @param reason why, in words that follow "undefined: "
   */
  record Undefined(String reason) implements FleissKappa {}

  /**
   * The agreement on some subjects.
   *
   * @param ratings for each subject the number of raters who chose each category; the same
   *     categories for all
   */
  static FleissKappa of(List<int[]> ratings) {
    List<int[]> compared = ratings.stream().filter(subject -> count(subject) > 1).toList();
    if (compared.isEmpty()) {
      return new Undefined("no item was rated by two judges");
    }
    double observed = compared.stream().mapToDouble(FleissKappa::agreement).sum() / compared.size();
    double expected = expected(compared);
    if (expected == 1) {
      return new Undefined("all ratings are the same, so that chance alone would agree as well");
    }
    return new Defined((observed - expected) / (1 - expected), observed, expected, compared.size());
  }

  private static int count(int[] subject) {
    int count = 0;
    for (int ratings : subject) {
      count += ratings;
    }
    return count;
  }

  private static double agreement(int[] subject) {
    double pairs = 0;
    for (int ratings : subject) {
      pairs += (double) ratings * (ratings - 1);
    }
    double count = count(subject);
    return pairs / (count * (count - 1));
  }

  private static double expected(List<int[]> subjects) {
    double all = subjects.stream().mapToInt(FleissKappa::count).sum();
    double expected = 0;
    for (int category = 0; category < subjects.get(0).length; category++) {
      int chosen = category;
      double share = subjects.stream().mapToInt(subject -> subject[chosen]).sum() / all;
      expected += share * share;
    }
    return expected;
  }
}
