package org.seqgan.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.api.plugin.ByteSize;

/** An amount of memory on the command line, such as {@code 8g}. */
final class SizeArgument {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmgt])");
  private static final String UNITS = "kmgt";

  private SizeArgument() {}

  /**
   * Reads one.
   *
   * @param option whose it is, for a message
   * @throws org.seqgan.api.UserException if it is none
   */
  static ByteSize parse(String option, String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw Misuse.of(message(option, text));
    }
    int unit = UNITS.indexOf(matcher.group(2)) + 1;
    try {
      long factor = 1L << (10 * unit);
      return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
    } catch (ArithmeticException e) {
      throw Misuse.of(message(option, text));
    }
  }

  private static String message(String option, String text) {
    return "%s: expected an amount such as 512m or 8g, found '%s'".formatted(option, text);
  }
}
