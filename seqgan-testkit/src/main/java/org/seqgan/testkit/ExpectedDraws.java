package org.seqgan.testkit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.seqgan.api.backend.Decoding;

/**
 * The distribution from which {@code sampleTokens} must draw for one row of logits, in double
 * precision, written independently of any backend.
 */
final class ExpectedDraws {
  private final double[] probabilities;

  ExpectedDraws(double[] logits, Decoding decoding) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] weights =
        Arrays.stream(logits).map(x -> Math.exp((x - max) / decoding.temperature())).toArray();
    int[] order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(v -> -logits[v]))
            .mapToInt(v -> v)
            .toArray();
    int kept = decoding.topK() == 0 ? order.length : Math.min(decoding.topK(), order.length);
    kept = nucleus(weights, Arrays.copyOf(order, kept), decoding.topP());
    double[] renormalised = new double[weights.length];
    for (int i = 0; i < kept; i++) {
      renormalised[order[i]] = weights[order[i]];
    }
    this.probabilities = normalised(renormalised);
  }

  private static int nucleus(double[] weights, int[] kept, float topP) {
    double total = Arrays.stream(kept).mapToDouble(v -> weights[v]).sum();
    double sum = 0;
    int count = 0;
    while (count < kept.length && (topP == 1f || sum < topP * total)) {
      sum += weights[kept[count++]];
    }
    return count;
  }

  private static double[] normalised(double[] weights) {
    double total = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / total).toArray();
  }

  /** The probability of a token; 0 where it is excluded. */
  double probability(int token) {
    return probabilities[token];
  }

  /** Whether a token is the smallest v with CDF(v) > u, for a u within the given distance. */
  boolean allows(int token, double u, double distance) {
    double below = 0;
    for (int v = 0; v < token; v++) {
      below += probabilities[v];
    }
    double upTo = below + probabilities[token];
    return probabilities[token] > 0 && u >= below - distance && u < upTo + distance;
  }

  /**
   * Pearson's statistic of observed counts, tokens expected fewer than 5 times taken together, as a
   * multiple of the value that a true sampler exceeds once in 100,000 trials.
   */
  double chiSquaredRatio(int[] counts) {
    double draws = Arrays.stream(counts).sum();
    double statistic = 0;
    int cells = 0;
    double rareExpected = 0;
    double rareObserved = 0;
    for (int v = 0; v < counts.length; v++) {
      double expected = draws * probabilities[v];
      if (expected < 5) {
        rareExpected += expected;
        rareObserved += counts[v];
      } else {
        statistic += square(counts[v] - expected) / expected;
        cells++;
      }
    }
    if (rareExpected >= 5) {
      statistic += square(rareObserved - rareExpected) / rareExpected;
      cells++;
    }
    return statistic / critical(cells - 1);
  }

  /**
   * The 1 - 1e-5 quantile of the chi-squared distribution, by the approximation of Wilson and
   * Hilferty (1931): the cube root of a chi-squared variable is nearly normal.
   */
  private static double critical(int degrees) {
    double normalQuantile = 4.2649;
    double variance = 2 / (9.0 * degrees);
    return degrees * Math.pow(1 - variance + normalQuantile * Math.sqrt(variance), 3);
  }

  private static double square(double x) {
    return x * x;
  }
}
