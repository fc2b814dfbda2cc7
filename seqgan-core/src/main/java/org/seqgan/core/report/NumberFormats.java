package org.seqgan.core.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as a reader wants them; the exact ones are in the log. */
public final class NumberFormats {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private NumberFormats() {}

  /** Four decimals, or scientific notation where they would show too little or too much. */
  public static String format(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 1e-3 && size < 1e6);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }

  /**
   * A probability, such as {@code 0.043} or {@code 1.5e-07}; one too small for a double says so.
   */
  public static String probability(double value) {
    if (value == 0) {
      return "<1e-300";
    }
    return String.format(Locale.ROOT, value < 1e-3 ? "%.1e" : "%.3f", value);
  }

  /** A coordinate of a drawing, to a tenth of a pixel. */
  public static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Hours, minutes and seconds, such as {@code 1:02:03}. */
  public static String format(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  /** A moment, to the second. */
  public static String format(Instant instant) {
    return MOMENT.format(instant);
  }
}
