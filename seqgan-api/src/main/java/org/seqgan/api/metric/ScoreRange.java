package org.seqgan.api.metric;

/**
 * The values that a score can have. One outside of it, or one that is not a finite number, tells of
 * a fault: in the metric, or in what it measured.
 *
 * @param least the smallest value; {@link Double#NEGATIVE_INFINITY} where there is none
 * @param most the largest value; {@link Double#POSITIVE_INFINITY} where there is none
 */
public record ScoreRange(double least, double most) {
  /** Any finite number. */
  public static final ScoreRange ANY =
      new ScoreRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** A share, a probability, BLEU: 0 to 1. */
  public static final ScoreRange SHARE = new ScoreRange(0, 1);

  /** A negative log-likelihood, an error: 0 or more. */
  public static final ScoreRange NOT_NEGATIVE = new ScoreRange(0, Double.POSITIVE_INFINITY);

  /** A perplexity: 1 or more. */
  public static final ScoreRange AT_LEAST_ONE = new ScoreRange(1, Double.POSITIVE_INFINITY);

  /** What rounding may add: a mean of ten thousand float32 numbers is right to about this. */
  private static final double ROUNDING = 1e-5;

  /** Checks that there is something between the two. */
  public ScoreRange {
    if (!(least <= most)) {
      throw new IllegalArgumentException("no score is from " + least + " to " + most);
    }
  }

  /** Whether a value is finite and, but for rounding, within the limits. */
  public boolean contains(double value) {
    return Double.isFinite(value) && value >= least - ROUNDING && value <= most + ROUNDING;
  }

  /** In words, as in {@code a finite number from 0 to 1}. */
  @Override
  public String toString() {
    if (Double.isFinite(least) && Double.isFinite(most)) {
      return "a finite number from " + number(least) + " to " + number(most);
    }
    if (Double.isFinite(least)) {
      return "a finite number of at least " + number(least);
    }
    return Double.isFinite(most) ? "a finite number of at most " + number(most) : "a finite number";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
