package org.seqgan.testkit;

import java.util.Arrays;

/** Tokens drawn twice from one distribution, side by side. */
final class DrawnPairs {
  private final String what;
  private final double[] probabilities;
  private final int[] counts;

  /**
   * None so far.
   *
   * @param logs of the probabilities of the tokens that a pair is drawn from
   */
  DrawnPairs(String what, double[] logs) {
    this.what = what;
    this.probabilities = Arrays.stream(logs).map(Math::exp).toArray();
    this.counts = new int[logs.length * logs.length];
  }

  void add(int first, int second) {
    counts[first * probabilities.length + second]++;
  }

  /**
   * Pairs are as frequent as the products of their tokens' probabilities; a right generator fails
   * once in {@link DrawnTokens#RUNS_FOR_A_FALSE_ALARM} runs.
   */
  void assertIndependent() {
    int size = probabilities.length;
    double[] products = new double[counts.length];
    int equal = 0;
    double expectedEqual = 0;
    for (int pair = 0; pair < products.length; pair++) {
      products[pair] = probabilities[pair / size] * probabilities[pair % size];
      if (pair / size == pair % size) {
        equal += counts[pair];
        expectedEqual += products[pair];
      }
    }
    double total = Arrays.stream(counts).sum();
    if (Surprise.logBound(counts, products) < -Math.log(DrawnTokens.RUNS_FOR_A_FALSE_ALARM)) {
      throw new AssertionError(
          "%s are not drawn independently of one another: of %.0f pairs of next tokens, expected %.3f to be equal, found %.3f; do they share their random numbers?"
              .formatted(what, total, expectedEqual, equal / total));
    }
  }
}
