package org.seqgan.core.statistics;

/** What a comparison of a method with the baseline ends in. */
public sealed interface Outcome permits Outcome.Decided, Outcome.Undecided, NotTestable {
  /**
   * The means differ.
   *
   * @param test the test
   * @param adjustedP its p after Holm's correction, below the level of significance
   */
  record Decided(WelchTest test, double adjustedP) implements Outcome {}

  /**
   * The means may differ or not; that they are equal is not said.
   *
   * @param test the test
   * @param adjustedP its p after Holm's correction, not below the level of significance
   * @param needed how many more seeds would probably decide
   */
  record Undecided(WelchTest test, double adjustedP, SeedsNeeded needed) implements Outcome {}
}
