package org.seqgan.api.operation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.seqgan.api.backend.Decoding;

/**
 * Draws a token from a row of logits on the host, in double precision, by the rule of {@link
 * Decoding}. Holds buffers for one vocabulary; not thread-safe. For generators whose logits are on
 * the host anyway; {@link SampleTokens} draws in a backend.
 */
public final class InverseCdf {
  private final Decoding decoding;
  private final double[] weights;

  /**
   * A sampler.
   *
   * @param vocabulary V, the number of tokens
   */
  public InverseCdf(int vocabulary, Decoding decoding) {
    this.decoding = decoding;
    this.weights = new double[vocabulary];
  }

  /** The token for the V logits that start at {@code offset} and a number u in [0, 1). */
  public int draw(float[] logits, int offset, double u) {
    weigh(logits, offset);
    if (!decoding.wholeVocabulary()) {
      excludeImprobable(logits, offset);
    }
    double threshold = u * sum();
    double cumulative = 0;
    int lastKept = 0;
    for (int v = 0; v < weights.length; v++) {
      if (weights[v] > 0) {
        lastKept = v;
        cumulative += weights[v];
        if (cumulative > threshold) {
          return v;
        }
      }
    }
    return lastKept;
  }

  /** The probabilities, not normalised: the largest is 1. */
  private void weigh(float[] logits, int offset) {
    double max = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < weights.length; v++) {
      max = Math.max(max, logits[offset + v]);
    }
    for (int v = 0; v < weights.length; v++) {
      weights[v] = Math.exp((logits[offset + v] - max) / decoding.temperature());
    }
  }

  /** Gives weight 0 to what top-k leaves out, and then to what top-p leaves out of the rest. */
  private void excludeImprobable(float[] logits, int offset) {
    Integer[] byProbability = IntStream.range(0, weights.length).boxed().toArray(Integer[]::new);
    // The sort is stable, so that of equal logits the smaller id comes first.
    Arrays.sort(byProbability, Comparator.comparing((Integer v) -> logits[offset + v]).reversed());
    if (decoding.topK() > 0) {
      excludeFrom(byProbability, decoding.topK());
    }
    if (decoding.topP() < 1f) {
      double threshold = decoding.topP() * sum();
      double cumulative = 0;
      int kept = 0;
      while (kept < weights.length && cumulative < threshold) {
        cumulative += weights[byProbability[kept++]];
      }
      excludeFrom(byProbability, kept);
    }
  }

  private void excludeFrom(Integer[] byProbability, int kept) {
    for (int i = kept; i < weights.length; i++) {
      weights[byProbability[i]] = 0;
    }
  }

  private double sum() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
