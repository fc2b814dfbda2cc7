package org.seqgan.core.statistics;

/**
 * A range of values.
 *
 * @param low the lower end
 * @param high the upper end, not below the lower
 */
public record Interval(double low, double high) {
  /** The interval that reaches equally far to both sides of a centre. */
  static Interval around(double centre, double reach) {
    return new Interval(centre - reach, centre + reach);
  }
}
