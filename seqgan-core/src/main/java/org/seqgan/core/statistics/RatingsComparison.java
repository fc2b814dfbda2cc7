package org.seqgan.core.statistics;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.FisherExactTest;

/** Whether the same raters rate two groups of items differently. */
public sealed interface RatingsComparison {
  /** A test that could be made. */
  sealed interface Tested extends RatingsComparison {
    /** Mean of the first group less that of the second. */
    double difference();

    /** The two-sided p, before any correction. */
    double p();
  }

  /**
   * Clark's test min F' (H. H. Clark, "The language-as-fixed-effect fallacy", Journal of Verbal
   * Learning and Verbal Behavior 12, 1973): a difference counts where it stands out against the
   * variation of items and that of raters together. With d the difference of means, t^2 = d^2 /
   * (v_items + v_raters) = F1 F2 / (F1 + F2), where F1 = d^2 / v_raters is the test over raters'
   * paired differences and F2 = d^2 / v_items that over the items' means (Welch). It errs on the
   * side of caution: what is left of chance in single ratings is in both variances.
   *
   * @param difference mean of the first group less that of the second
   * @param t its ratio to its standard error
   * @param degreesOfFreedom after Satterthwaite
   * @param p two-sided
   */
  record MinF(double difference, double t, double degreesOfFreedom, double p) implements Tested {}

  /**
   * Fisher's exact test over items (R. A. Fisher, "The Design of Experiments", 1935), for raters
   * who are unanimous, on items that they share, or one alone: each item is a yes or a no. With one
   * rater it speaks of that rater.
   *
   * @param difference mean of the first group less that of the second
   * @param p two-sided
   */
  record Fisher(double difference, double p) implements Tested {}

  /**
   * No test can say anything.
   *
   * @param reason why, in words that follow "not testable: "
   */
  record Untestable(String reason) implements RatingsComparison {}

  /**
   * Compares two groups of items.
   *
   * @param first ratings {@code [rater, item]} of the one group
   * @param second those of the other, by the same raters in the same order
   */
  static RatingsComparison of(Ratings first, Ratings second) {
    if (first.count() == 0 || second.count() == 0) {
      return new Untestable("there is no answer to one of them");
    }
    double difference = first.mean().orElseThrow() - second.mean().orElseThrow();
    Ratings together = first.and(second);
    if (together.isUnanimous()) {
      return new Fisher(difference, fisher(first, second));
    }
    double[] differences = differences(first, second);
    if (differences.length < 2) {
      return new Untestable("it takes 2 judges who answered both");
    }
    if (first.items() < 2 || second.items() < 2) {
      return new Untestable("it takes 2 items of each");
    }
    if (!together.isConnected()) {
      // A mild rater of the first and a strict one of the second make a difference that none sees.
      return new Untestable("it takes items that judges have in common");
    }
    Ratings.Variance variance =
        Ratings.Variance.ofMean(first.itemMeans())
            .plus(Ratings.Variance.ofMean(second.itemMeans()))
            .plus(Ratings.Variance.ofMean(differences));
    return variance.value() == 0
        ? new Untestable("neither items nor judges vary")
        : minF(difference, variance);
  }

  private static MinF minF(double difference, Ratings.Variance variance) {
    double t = difference / Math.sqrt(variance.value());
    double df = variance.degreesOfFreedom();
    double p = Math.min(1, 2 * TDistribution.of(df).survivalProbability(Math.abs(t)));
    return new MinF(difference, t, df, p);
  }

  private static double fisher(Ratings first, Ratings second) {
    int[][] table = {row(first), row(second)};
    boolean same = table[0][0] + table[1][0] == 0 || table[0][1] + table[1][1] == 0;
    return same ? 1 : FisherExactTest.withDefaults().test(table).getPValue();
  }

  private static int[] row(Ratings ratings) {
    return new int[] {ratings.approvedItems(), ratings.items() - ratings.approvedItems()};
  }

  /** Of each rater who rated items of both. */
  private static double[] differences(Ratings first, Ratings second) {
    double[] one = first.raterMeans();
    double[] other = second.raterMeans();
    return IntStream.range(0, one.length)
        .mapToDouble(rater -> one[rater] - other[rater])
        .filter(difference -> !Double.isNaN(difference))
        .toArray();
  }
}
