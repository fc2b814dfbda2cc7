package org.seqgan.tasks.music.abc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.Omissions;

/**
 * The field {@code M:} (ABC standard 2.1, section 3.1.6).
 *
 * @param bar the length of a bar; empty where the meter is free
 * @param compound whether beats are divided by three, as in 6/8
 */
public record AbcMeter(Optional<Fraction> bar, boolean compound) {
  public static final AbcMeter FREE = new AbcMeter(Optional.empty(), false);

  private static final int LONGEST = 200;
  private static final Pattern NUMBERS =
      Pattern.compile("\\(?\\s*(\\d{1,3}(?:\\s*\\+\\s*\\d{1,3})*+)\\s*\\)?\\s*/\\s*(\\d{1,3})");

  /** Reads a field; a meter that is none is free, and counted. */
  static AbcMeter parse(AbcLine line, Omissions omissions) {
    String value = line.value();
    return switch (value) {
      case "C" -> of(4, 4);
      case "C|" -> of(2, 2);
      case "none", "" -> FREE;
      default ->
          numbers(value)
              .orElseGet(
                  () -> {
                    omissions.count(Omissions.Kind.NO_METER);
                    return FREE;
                  });
    };
  }

  private static Optional<AbcMeter> numbers(String value) {
    Matcher matcher = NUMBERS.matcher(value);
    int beats = 0;
    int unit = 0;
    if (value.length() <= LONGEST && matcher.matches()) {
      for (String beat : matcher.group(1).split("\\+", -1)) {
        beats += Integer.parseInt(beat.strip());
      }
      unit = Integer.parseInt(matcher.group(2));
    }
    return beats == 0 || unit == 0 ? Optional.empty() : Optional.of(of(beats, unit));
  }

  private static AbcMeter of(int beats, int unit) {
    return new AbcMeter(
        Optional.of(new Fraction(beats, unit)), unit == 8 && beats % 3 == 0 && beats > 3);
  }

  /** The length of a note without a number where no field says it: section 3.1.7. */
  Fraction defaultUnit() {
    boolean isShort = bar.map(length -> length.toDouble() < 0.75).orElse(false);
    return new Fraction(1, isShort ? 16 : 8);
  }
}
