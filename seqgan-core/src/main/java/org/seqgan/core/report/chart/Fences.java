package org.seqgan.core.report.chart;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Tukey's fences: what lies beyond them is far from the rest, and a scale that had room for it
 * would show the rest flat.
 *
 * @param low one and a half interquartile ranges below the first quartile
 * @param high as far above the third
 */
public record Fences(double low, double high) {
  /** Hold everything. */
  public static final Fences NONE = new Fences(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** How they are explained. */
  public static final String WORDS =
      "Tukey\u2019s fences, one and a half interquartile ranges outside the quartiles";

  private static final double REACH = 1.5;

  /** Of fewer values nobody can say which is far from the rest. */
  private static final int LEAST_COUNT = 5;

  /**
   * The fences of the finite ones among some values; none of fewer than five, and none where the
   * middle half of them is one value, beside which all others would be far off.
   */
  public static Fences of(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    if (sorted.length < LEAST_COUNT) {
      return NONE;
    }
    double first = quartile(sorted, 0.25);
    double third = quartile(sorted, 0.75);
    double reach = REACH * (third - first);
    if (reach == 0) {
      return NONE;
    }
    return new Fences(first - reach, third + reach);
  }

  /** Straight between two neighbours. */
  private static double quartile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Whether a value lies within. */
  public boolean hold(double value) {
    return value >= low && value <= high;
  }

  /** Least and greatest of the values that lie within; {@code otherwise} where none does. */
  double[] range(double[] values, double... otherwise) {
    double[] held = Arrays.stream(values).filter(this::hold).sorted().toArray();
    return held.length == 0 ? otherwise : new double[] {held[0], held[held.length - 1]};
  }
}
