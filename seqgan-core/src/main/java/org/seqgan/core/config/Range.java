package org.seqgan.core.config;

import com.typesafe.config.ConfigValue;

/** The numbers allowed, inclusive. Infinite ends do not limit. */
record Range(double min, double max) {
  /** Rejects a number that is not within. */
  void check(double number, ConfigValue found) throws WrongValueException {
    if (number < min) {
      throw WrongValueException.of("at least " + number(min), found);
    }
    if (number > max) {
      throw WrongValueException.of("at most " + number(max), found);
    }
  }

  /** {@code at least 1}, {@code 0 to 1}, or empty if all are allowed. */
  String text() {
    if (Double.isInfinite(min)) {
      return Double.isInfinite(max) ? "" : "at most " + number(max);
    }
    return Double.isInfinite(max) ? "at least " + number(min) : number(min) + " to " + number(max);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
