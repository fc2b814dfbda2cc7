package org.seqgan.tasks.music;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The field {@code Q:} (ABC standard 2.1, sections 3.1.8 and 10.1). */
final class AbcTempo {
  private static final double LARGEST = 10_000;
  private static final String NUMBER = "(\\d{1,6}(?:\\.\\d{1,9})?)";
  private static final Pattern BEATS =
      Pattern.compile("((?:\\d{1,4}/\\d{1,4}\\s*)+)=\\s*" + NUMBER);
  private static final Pattern BEAT = Pattern.compile("(\\d+)/(\\d+)");
  private static final Pattern UNITS = Pattern.compile("(?:C(\\d{0,4})\\s*=\\s*)?" + NUMBER);

  private AbcTempo() {}

  /**
   * Whole notes in a minute; empty if the field has words alone.
   *
   * @param unit the length of a note without a number, which older forms count in
   */
  static OptionalDouble parse(AbcLine line, Fraction unit) {
    String value = line.value().replaceAll("\"[^\"]*\"", "").strip();
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double wholes = wholesPerMinute(value, unit);
    if (!(wholes > 0 && wholes <= LARGEST)) {
      throw line.error("expected a tempo such as 1/4=120, found " + AbcLine.excerpt(value));
    }
    return OptionalDouble.of(wholes);
  }

  /** 0 where it is none. */
  private static double wholesPerMinute(String value, Fraction unit) {
    Matcher beats = BEATS.matcher(value);
    if (beats.matches()) {
      return Double.parseDouble(beats.group(2)) * sum(beats.group(1));
    }
    Matcher units = UNITS.matcher(value);
    if (units.matches()) {
      String count = units.group(1);
      int counted = count == null || count.isEmpty() ? 1 : Integer.parseInt(count);
      return Double.parseDouble(units.group(2)) * counted * unit.toDouble();
    }
    return 0;
  }

  private static double sum(String beats) {
    Matcher matcher = BEAT.matcher(beats);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1)) / Double.parseDouble(matcher.group(2));
    }
    return sum;
  }
}
