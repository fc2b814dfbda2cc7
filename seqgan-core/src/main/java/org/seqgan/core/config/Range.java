package org.seqgan.core.config;

import com.typesafe.config.ConfigValue;
import java.util.Locale;

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

  /**
   * The same numbers for an error, {@code from 1 to 2147483647}: what their type can hold limits
   * them too.
   *
   * @param largest the largest number of the type, whose smallest is about as far below zero
   */
  String words(double largest) {
    double smallest = largest == Integer.MAX_VALUE ? Integer.MIN_VALUE : -largest;
    return "from %s to %s"
        .formatted(number(Math.max(min, smallest)), number(Math.min(max, largest)));
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Math.abs(value) < 1e15
        ? Double.toString(value)
        : String.format(Locale.ROOT, "%.6e", value);
  }
}
