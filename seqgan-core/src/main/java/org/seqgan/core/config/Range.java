package org.seqgan.core.config;

/** The numbers allowed, inclusive. Infinite ends do not limit. */
record Range(double min, double max) {
  boolean contains(double number) {
    return number >= min && number <= max;
  }

  /** {@code at least 1}, {@code 0 to 1}, or empty if all are allowed. */
  String text() {
    if (Double.isInfinite(min)) {
      return Double.isInfinite(max) ? "" : "at most " + number(max);
    }
    return Double.isInfinite(max) ? "at least " + number(min) : number(min) + " to " + number(max);
  }

  /** What to append to a noun, such as {@code a number from 0 to 1}. */
  String suffix() {
    if (Double.isInfinite(min) && Double.isInfinite(max)) {
      return "";
    }
    boolean between = !Double.isInfinite(min) && !Double.isInfinite(max);
    return (between ? " from " : " of ") + text();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
