package org.seqgan.core.statistics;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.metric.Better;

/**
 * Whether one method is better than another at equal diversity, over seeds.
 *
 * @param better which way quality is better
 * @param range the diversities that all paths of both reach; empty where there are none
 * @param mean the test of the mean quality over that range, the method's less the other's, one
 *     value for each seed
 * @param places the same at single diversities of the range, from end to end
 */
public record Dominance(
    Better better, Optional<Interval> range, TestResult mean, List<Place> places) {
  /** Copies the list. */
  public Dominance {
    places = List.copyOf(places);
  }

  /**
   * A diversity.
   *
   * @param diversity where
   * @param test of the qualities there, the method's less the other's
   */
  public record Place(double diversity, TestResult test) {}

  /** What may be said, at a confidence of 95% before any correction for many comparisons. */
  public enum Verdict {
    /** Better on the whole, and at every place, if not with certainty at each. */
    DOMINATES,
    /** Better on the whole. */
    BETTER,
    /** The interval of the difference has 0 in it. */
    UNDECIDED,
    /** Worse on the whole. */
    WORSE,
    /** Worse on the whole, and at every place, if not with certainty at each. */
    DOMINATED,
    /** There is no diversity to compare at, or too few seeds. */
    NOT_TESTABLE
  }

  /**
   * By how much the method is better, with 95% confidence and before any correction: above 0 where
   * it is better, whichever way quality is. Empty where it could not be tested.
   */
  public Optional<Interval> advantage() {
    return mean instanceof WelchTest test
        ? Optional.of(advantage(test.interval()))
        : Optional.empty();
  }

  private Interval advantage(Interval difference) {
    return better == Better.HIGHER
        ? difference
        : new Interval(-difference.high(), -difference.low());
  }

  /** What may be said. */
  public Verdict verdict() {
    Optional<Interval> advantage = advantage();
    if (advantage.isEmpty()) {
      return Verdict.NOT_TESTABLE;
    }
    if (advantage.get().low() > 0) {
      return everywhere(1) ? Verdict.DOMINATES : Verdict.BETTER;
    }
    if (advantage.get().high() < 0) {
      return everywhere(-1) ? Verdict.DOMINATED : Verdict.WORSE;
    }
    return Verdict.UNDECIDED;
  }

  private boolean everywhere(int sign) {
    int higher = better == Better.HIGHER ? sign : -sign;
    return places.stream()
        .allMatch(place -> place.test instanceof WelchTest test && test.difference() * higher > 0);
  }
}
