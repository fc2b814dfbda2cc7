package org.seqgan.core.metric;

/**
 * What BLEU is computed from, for each of a number of hypotheses and each order n of n-grams: how
 * many of its n-grams are in the references, clipped, and the closest length of a reference.
 *
 * <p>BLEU: Papineni et al., "BLEU: a Method for Automatic Evaluation of Machine Translation" (ACL
 * 2002), with uniform weights 1/n. A hypothesis of fewer than n tokens has one possible n-gram,
 * which it does not match, as NLTK has it.
 */
public final class BleuMatches {
  private final int maxOrder;
  private final int[] matched; // (hypotheses, maxOrder)
  private final int[] lengths;
  private final int[] closest;

  BleuMatches(int maxOrder, int[] matched, int[] lengths, int[] closest) {
    this.maxOrder = maxOrder;
    this.matched = matched;
    this.lengths = lengths;
    this.closest = closest;
  }

  /** The number of hypotheses. */
  public int count() {
    return lengths.length;
  }

  /**
   * The BLEU of one hypothesis.
   *
   * @param order the longest n-grams, at least 1
   */
  public double sentence(int hypothesis, int order, Smoothing smoothing) {
    requireOrder(order);
    long[] matches = new long[order];
    long[] possible = new long[order];
    for (int n = 1; n <= order; n++) {
      matches[n - 1] = matched[hypothesis * maxOrder + n - 1];
      possible[n - 1] = possible(hypothesis, n);
    }
    return bleu(matches, possible, lengths[hypothesis], closest[hypothesis], smoothing);
  }

  /** The mean of the hypotheses' BLEU. */
  public double meanSentence(int order, Smoothing smoothing) {
    double sum = 0;
    for (int i = 0; i < count(); i++) {
      sum += sentence(i, order, smoothing);
    }
    return sum / count();
  }

  /** The BLEU of each hypothesis. */
  public float[] sentences(int order, Smoothing smoothing) {
    float[] values = new float[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) sentence(i, order, smoothing);
    }
    return values;
  }

  /** The BLEU of all hypotheses together: the sums of their matches, n-grams and lengths. */
  public double corpus(int order, Smoothing smoothing) {
    requireOrder(order);
    long[] matches = new long[order];
    long[] possible = new long[order];
    long length = 0;
    long reference = 0;
    for (int i = 0; i < count(); i++) {
      for (int n = 1; n <= order; n++) {
        matches[n - 1] += matched[i * maxOrder + n - 1];
        possible[n - 1] += possible(i, n);
      }
      length += lengths[i];
      reference += closest[i];
    }
    return bleu(matches, possible, length, reference, smoothing);
  }

  private int possible(int hypothesis, int order) {
    return Math.max(1, lengths[hypothesis] - order + 1);
  }

  private void requireOrder(int order) {
    if (order < 1 || order > maxOrder) {
      throw new IllegalArgumentException(
          "BLEU-" + order + " of matches that were counted up to order " + maxOrder);
    }
  }

  private static double bleu(
      long[] matches, long[] possible, long length, long reference, Smoothing smoothing) {
    if (matches[0] == 0) {
      return 0;
    }
    double logarithms = 0;
    for (int n = 0; n < matches.length; n++) {
      logarithms += Math.log(smoothing.precision(matches[n], possible[n]));
    }
    double brevity = length > reference ? 1 : Math.exp(1 - (double) reference / length);
    return brevity * Math.exp(logarithms / matches.length);
  }
}
