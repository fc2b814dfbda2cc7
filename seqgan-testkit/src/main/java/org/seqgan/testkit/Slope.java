package org.seqgan.testkit;

import java.util.function.DoubleUnaryOperator;

/**
 * The derivative at 0 of a function whose values are rounded, by central differences {@code (f(h) -
 * f(-h)) / 2h} of three steps h, 2h and 4h, extrapolated to h = 0 (Richardson 1911): the error
 * falls with h^6 where the function is smooth. h is as short as rounding allows, so that a ReLU or
 * a maximum seldom lies within a step. Where one does, the extrapolations do not agree, or, where
 * it lies at 0 itself, the one-sided slopes do not meet. Then h is halved, as long as rounding does
 * not matter more; and if that does not help, the function is not {@link #smooth} here.
 *
 * @param value the derivative
 * @param error an estimate of its error that is rather too large: by how much the extrapolations
 *     from the longer and from the shorter two steps differ, by how much the one-sided slopes
 *     differ as h goes to 0, and what rounding makes of a difference
 * @param smooth whether that is below 1% of the scale, or rounding alone
 */
record Slope(double value, double error, boolean smooth) {
  private static final double ROUNDING_AT_FIRST = 0.001;
  private static final int MOST_HALVINGS = 3;
  private static final double SMOOTH = 0.01;
  private static final int ROUNDINGS = 10;

  /** A power of two that can be added to {@link NormalParameters} without rounding. */
  private static final double SHORTEST_STEP = 0x1p-20;

  /**
   * The derivative of a function.
   *
   * @param middle f(0)
   * @param rounding how far a value of the function is from what it should be
   * @param longestStep a power of two
   * @param scale how large such derivatives are; at first, rounding is a thousandth of that
   */
  static Slope of(
      DoubleUnaryOperator f, double middle, double rounding, double longestStep, double scale) {
    double step = SHORTEST_STEP;
    while (step < longestStep && rounding / step > ROUNDING_AT_FIRST * scale) {
      step *= 2;
    }
    Differences four = Differences.of(f, middle, 4 * step);
    Differences two = Differences.of(f, middle, 2 * step);
    Slope best = new Slope(Double.NaN, Double.POSITIVE_INFINITY, false);
    for (int k = 0; k <= MOST_HALVINGS && step >= SHORTEST_STEP; k++, step /= 2) {
      Differences one = Differences.of(f, middle, step);
      Slope slope = extrapolated(one, two, four, rounding / step, scale);
      if (slope.smooth) {
        return slope;
      }
      best = slope.error < best.error ? slope : best;
      four = two;
      two = one;
    }
    return best;
  }

  /**
   * What a step tells.
   *
   * @param slope by the central difference
   * @param bend the slope to the right less the slope to the left
   */
  private record Differences(double slope, double bend) {
    static Differences of(DoubleUnaryOperator f, double middle, double step) {
      double above = f.applyAsDouble(step);
      double below = f.applyAsDouble(-step);
      return new Differences((above - below) / (2 * step), (above - 2 * middle + below) / step);
    }
  }

  private static Slope extrapolated(
      Differences one, Differences two, Differences four, double rounding, double scale) {
    double shorter = (4 * one.slope - two.slope) / 3;
    double longer = (4 * two.slope - four.slope) / 3;
    double value = (16 * shorter - longer) / 15;
    double jump = Math.abs(2 * one.bend - two.bend);
    double error = Math.abs(shorter - longer) + jump + rounding;
    double allowed = Math.max(SMOOTH * Math.max(scale, Math.abs(value)), ROUNDINGS * rounding);
    return new Slope(value, error, error <= allowed);
  }
}
