package org.seqgan.tasks.music.abc;

import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.Omissions;

/** The field {@code Q:} (ABC standard 2.1, sections 3.1.8 and 10.1). */
final class AbcTempo {
  private static final double LARGEST = 10_000;
  private static final int LONGEST = 200;

  /** A number, and no part of a longer one or of a fraction. */
  private static final String NUMBER = "(?<![\\d/]|\\d\\.)(\\d{1,6}(?:\\.\\d{1,9})?)(?!\\d|\\s*/)";

  private static final String SUM = "((?:\\d{1,4}/\\d{1,4}\\s*)++)=";
  private static final Pattern BEATS = Pattern.compile(SUM + "\\s*" + NUMBER);
  private static final Pattern BEATS_SOMEWHERE = Pattern.compile(SUM + "[^\\d/]*" + NUMBER);
  private static final Pattern BEAT = Pattern.compile("(\\d+)/(\\d+)");
  private static final Pattern UNITS = Pattern.compile("(?:C(\\d{0,4})\\s*=\\s*)?" + NUMBER);

  private AbcTempo() {}

  /**
   * Whole notes in a minute; empty if the field has words alone. It costs no tune: of what the
   * standard does not have, such as {@code 1/4=100-120}, the first number is taken; a tempo that
   * cannot be is left out; both are counted.
   *
   * @param unit the length of a note without a number, which older forms count in
   */
  static OptionalDouble parse(AbcLine line, Fraction unit, Omissions omissions) {
    String value = line.value().replaceAll("\"[^\"]*\"", "").strip();
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value.length() > LONGEST) {
      omissions.count(Omissions.Kind.NO_TEMPO);
      return OptionalDouble.empty();
    }
    OptionalDouble exact = wholesPerMinute(value, unit, BEATS, Matcher::matches);
    OptionalDouble found =
        exact.isPresent() ? exact : wholesPerMinute(value, unit, BEATS_SOMEWHERE, Matcher::find);
    if (found.isEmpty() || !(found.getAsDouble() > 0 && found.getAsDouble() <= LARGEST)) {
      omissions.count(Omissions.Kind.NO_TEMPO);
      return OptionalDouble.empty();
    }
    omissions.count(Omissions.Kind.TEMPO_IN_PART, exact.isPresent() ? 0 : 1);
    return found;
  }

  private static OptionalDouble wholesPerMinute(
      String value, Fraction unit, Pattern sumOfBeats, Predicate<Matcher> fits) {
    Matcher beats = sumOfBeats.matcher(value);
    if (fits.test(beats)) {
      return OptionalDouble.of(Double.parseDouble(beats.group(2)) * sum(beats.group(1)));
    }
    Matcher units = UNITS.matcher(value);
    if (fits.test(units)) {
      String count = units.group(1);
      int counted = count == null || count.isEmpty() ? 1 : Integer.parseInt(count);
      return OptionalDouble.of(Double.parseDouble(units.group(2)) * counted * unit.toDouble());
    }
    return OptionalDouble.empty();
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
