package org.seqgan.testkit;

/**
 * How far counts are from the probabilities that they should come from, with a bound that holds for
 * any number of draws and any probabilities, however small.
 */
final class Surprise {
  private Surprise() {}

  /**
   * The logarithm of a bound on the probability that n draws of k tokens are at least as far from
   * their probabilities, in relative entropy, as these are: with {@code x = n KL(counts / n ||
   * probabilities)}, it is at most {@code exp(-x) (e x / (k - 1))^(k - 1)} for x above k - 1
   * (Agrawal 2020, Finite-sample concentration of the multinomial in relative entropy).
   *
   * @param probabilities of each token, adding up to 1; 0 for what can not be drawn
   */
  static double logBound(int[] counts, double[] probabilities) {
    double draws = 0;
    for (int count : counts) {
      draws += count;
    }
    double x = 0;
    int possible = 0;
    for (int v = 0; v < counts.length; v++) {
      possible += probabilities[v] > 0 ? 1 : 0;
      if (counts[v] > 0) {
        x += counts[v] * Math.log(counts[v] / (draws * probabilities[v]));
      }
    }
    if (x == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    int degrees = possible - 1;
    return x > degrees ? -x + degrees * (degrees == 0 ? 0 : 1 + Math.log(x / degrees)) : 0;
  }
}
