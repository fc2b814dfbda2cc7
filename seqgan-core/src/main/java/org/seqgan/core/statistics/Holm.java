package org.seqgan.core.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction (S. Holm, "A simple sequentially rejective multiple test procedure",
 * Scandinavian Journal of Statistics 6, 1979): of m tests, the probability of finding even one
 * difference that is not there stays below the level of significance.
 *
 * <p>With p sorted upwards, the adjusted p of the i-th is the largest (m - j + 1) p_j over j up to
 * i, and 1 at most.
 */
public final class Holm {
  /** The level of significance of every verdict. */
  public static final double ALPHA = 0.05;

  private Holm() {}

  /** The adjusted values, in the order of the given ones. */
  public static double[] adjust(double... p) {
    double[] adjusted = new double[p.length];
    List<Integer> order = order(p);
    double least = 0;
    for (int rank = 0; rank < p.length; rank++) {
      int index = order.get(rank);
      least = Math.max(least, Math.min(1, (p.length - rank) * p[index]));
      adjusted[index] = least;
    }
    return adjusted;
  }

  private static List<Integer> order(double... p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(index -> p[index]))
        .toList();
  }

  /**
   * The outcomes of a family of tests, in the same order. What cannot be tested does not count
   * towards the number of comparisons.
   */
  public static List<Outcome> decide(List<TestResult> tests) {
    double[] p =
        tests.stream()
            .filter(WelchTest.class::isInstance)
            .mapToDouble(test -> ((WelchTest) test).p())
            .toArray();
    double[] adjusted = adjust(p);
    List<Integer> order = order(p);
    List<Outcome> outcomes = new ArrayList<>();
    int tested = 0;
    for (TestResult result : tests) {
      if (result instanceof WelchTest test) {
        int comparisons = p.length - order.indexOf(tested);
        outcomes.add(outcome(test, adjusted[tested], comparisons));
        tested++;
      } else if (result instanceof NotTestable reason) {
        outcomes.add(reason);
      }
    }
    return List.copyOf(outcomes);
  }

  private static Outcome outcome(WelchTest test, double adjusted, int comparisons) {
    return adjusted < ALPHA
        ? new Outcome.Decided(test, adjusted)
        : new Outcome.Undecided(test, adjusted, SeedsNeeded.estimate(test, ALPHA / comparisons));
  }
}
