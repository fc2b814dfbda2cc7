package org.seqgan.tasks.music.abc;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;

/**
 * By how much the notes of a voice sound higher than they are written (ABC standard 2.1, section
 * 4.6). The three add up.
 *
 * @param clef semitones that the octave sign of a clef moves by, such as -12 of {@code treble-8}
 * @param octave octaves that {@code octave=} moves by
 * @param transpose semitones that {@code transpose=} moves by
 */
record AbcShift(int clef, int octave, int transpose) {
  static final AbcShift NONE = new AbcShift(0, 0, 0);

  private static final int SEMITONES = 12;
  private static final int MOST_OCTAVES = 9;
  private static final int MOST_SEMITONES = 127;
  private static final Pattern CLEF =
      Pattern.compile(
          "(?:clef=\"?[^\\s\"]*?|treble|alto|tenor|bass|baritone|soprano|mezzosoprano|perc|none)[1-5]?"
              + "(?:([-+^_])(8|15))?\"?");
  private static final Pattern SETTING = Pattern.compile("(\\w+)=\"?([^\"]*)\"?");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?\\d{1,3}");

  /** How many semitones higher a note sounds. */
  int semitones() {
    return clef + SEMITONES * octave + transpose;
  }

  /**
   * What fields say about it; the rest stays as it was.
   *
   * @param clef of a clef, without an octave sign 0
   * @param octave of {@code octave=}
   * @param transpose of {@code transpose=}
   */
  record Change(OptionalInt clef, OptionalInt octave, OptionalInt transpose) {
    static final Change NONE =
        new Change(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    boolean isNone() {
      return equals(NONE);
    }

    AbcShift of(AbcShift before) {
      return new AbcShift(
          clef.orElse(before.clef),
          octave.orElse(before.octave),
          transpose.orElse(before.transpose));
    }

    /** This change and a later one. */
    Change then(Change later) {
      return new Change(
          later.clef.isPresent() ? later.clef : clef,
          later.octave.isPresent() ? later.octave : octave,
          later.transpose.isPresent() ? later.transpose : transpose);
    }
  }

  /**
   * A word of a field as a change, where it is a clef or a setting. Those that change no pitch are
   * counted.
   *
   * @throws MusicException if it sets a pitch to what is none
   */
  static Optional<Change> parse(AbcLine line, String word, Omissions omissions) {
    Matcher clef = CLEF.matcher(word);
    if (clef.matches()) {
      int moved = octaveSign(clef);
      omissions.count(Omissions.Kind.CLEF, moved == 0 ? 1 : 0);
      return Optional.of(
          new Change(OptionalInt.of(moved), OptionalInt.empty(), OptionalInt.empty()));
    }
    Matcher setting = SETTING.matcher(word);
    if (!setting.matches()) {
      return Optional.empty();
    }
    String value = setting.group(2);
    return Optional.of(
        switch (setting.group(1)) {
          case "octave" ->
              new Change(
                  OptionalInt.empty(),
                  OptionalInt.of(number(line, word, value, MOST_OCTAVES)),
                  OptionalInt.empty());
          case "transpose" ->
              new Change(
                  OptionalInt.empty(),
                  OptionalInt.empty(),
                  OptionalInt.of(number(line, word, value, MOST_SEMITONES)));
          case "shift", "sound", "instrument", "score", "t" -> {
            omissions.count(Omissions.Kind.PITCH_SETTING);
            yield Change.NONE;
          }
          default -> {
            omissions.count(Omissions.Kind.CLEF);
            yield Change.NONE;
          }
        });
  }

  /** {@code +8} and {@code -8} sound an octave away; {@code ^8} and {@code _8} are only drawn. */
  private static int octaveSign(Matcher clef) {
    if (clef.group(1) == null) {
      return 0;
    }
    int semitones = clef.group(2).equals("8") ? SEMITONES : 2 * SEMITONES;
    return switch (clef.group(1)) {
      case "+" -> semitones;
      case "-" -> -semitones;
      default -> 0;
    };
  }

  private static int number(AbcLine line, String word, String value, int most) {
    if (WHOLE_NUMBER.matcher(value).matches() && Math.abs(Integer.parseInt(value)) <= most) {
      return Integer.parseInt(value);
    }
    throw line.error(
        "expected a whole number from -%d to %d, found %s"
            .formatted(most, most, AbcLine.excerpt(word)));
  }
}
