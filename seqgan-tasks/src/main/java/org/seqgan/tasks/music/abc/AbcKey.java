package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;

/**
 * The field {@code K:} (ABC standard 2.1, section 3.1.14): how many semitones each letter is raised
 * where nothing else says so. Pipe keys ({@code HP}, {@code Hp}) raise F and C.
 *
 * @param raised of C, D, E, F, G, A, B
 */
record AbcKey(List<Integer> raised) {
  static final String LETTERS = "CDEFGAB";
  static final AbcKey NONE = new AbcKey(List.of(0, 0, 0, 0, 0, 0, 0));

  private static final String SHARPS = "FCGDAEB";
  private static final int MOST = 7;
  private static final Pattern TONIC = Pattern.compile("([A-G])([#b]?)(.*)");
  private static final Pattern ACCIDENTAL = Pattern.compile("(\\^\\^?|__?|=)([A-Ga-g])");

  /** Fifths above the major key of the same tonic. */
  private static final Map<String, Integer> MODES =
      Map.ofEntries(
          Map.entry("maj", 0),
          Map.entry("ion", 0),
          Map.entry("lyd", 1),
          Map.entry("mix", -1),
          Map.entry("dor", -2),
          Map.entry("min", -3),
          Map.entry("m", -3),
          Map.entry("aeo", -3),
          Map.entry("phr", -4),
          Map.entry("loc", -5));

  AbcKey {
    raised = List.copyOf(raised);
  }

  /**
   * What a field says.
   *
   * @param key empty where it says nothing about it, as {@code K:clef=bass} does
   * @param shift how far from there the notes sound
   */
  record Field(Optional<AbcKey> key, AbcShift.Change shift) {}

  /**
   * Reads a field.
   *
   * @param omissions counts what is about no pitch
   * @throws MusicException if it begins with what is no key, or its mode or a setting is none
   */
  static Field parse(AbcLine line, Omissions omissions) {
    List<String> words = new ArrayList<>(AbcWords.of(line.value()));
    Optional<AbcKey> key = signature(line, words);
    AbcShift.Change shift = AbcShift.Change.NONE;
    for (String word : words) {
      Matcher accidental = ACCIDENTAL.matcher(word);
      Optional<AbcShift.Change> setting = AbcShift.parse(line, word, omissions);
      if (accidental.matches()) {
        int letter = letter(accidental.group(2).charAt(0));
        key = Optional.of(key.orElse(NONE).with(letter, semitones(accidental.group(1))));
      } else if (setting.isPresent()) {
        shift = shift.then(setting.get());
      } else if (key.isPresent()) {
        omissions.count(Omissions.Kind.CLEF);
      } else {
        throw line.error("expected a key such as Am or Ddor, found " + AbcLine.excerpt(word));
      }
    }
    return new Field(key, shift);
  }

  /** Takes the words of tonic and mode off the list. An empty field is a key without any. */
  private static Optional<AbcKey> signature(AbcLine line, List<String> words) {
    if (words.isEmpty()) {
      return Optional.of(NONE);
    }
    String first = words.get(0);
    if (first.equals("none")) {
      words.remove(0);
      return Optional.of(NONE);
    }
    if (first.equals("HP") || first.equals("Hp")) {
      words.remove(0);
      return Optional.of(ofFifths(2));
    }
    Matcher tonic = TONIC.matcher(first);
    if (!tonic.matches()) {
      return Optional.empty();
    }
    words.remove(0);
    String mode = tonic.group(3);
    if (mode.isEmpty() && !words.isEmpty() && isMode(words.get(0))) {
      mode = words.remove(0);
    }
    if (mode.equalsIgnoreCase("exp")) {
      return Optional.of(NONE);
    }
    int fifths =
        SHARPS.indexOf(tonic.group(1)) - 1 + signOf(tonic.group(2)) * MOST + mode(line, mode);
    if (Math.abs(fifths) > MOST) {
      throw line.error(
          "expected a key of at most 7 sharps or flats, found " + AbcLine.excerpt(first));
    }
    return Optional.of(ofFifths(fifths));
  }

  private static int signOf(String accidental) {
    return switch (accidental) {
      case "#" -> 1;
      case "b" -> -1;
      default -> 0;
    };
  }

  private static boolean isMode(String word) {
    return word.equalsIgnoreCase("exp") || MODES.containsKey(modeKey(word));
  }

  /** Case and all but the first three letters of a mode do not count. */
  private static String modeKey(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(3, lower.length()));
  }

  private static int mode(AbcLine line, String word) {
    if (word.isEmpty()) {
      return 0;
    }
    Integer offset = MODES.get(modeKey(word));
    if (offset == null) {
      throw line.error("expected a mode such as m, mix or dor, found " + AbcLine.excerpt(word));
    }
    return offset;
  }

  private static AbcKey ofFifths(int fifths) {
    AbcKey key = NONE;
    for (int i = 0; i < Math.abs(fifths); i++) {
      char letter = SHARPS.charAt(fifths > 0 ? i : MOST - 1 - i);
      key = key.with(LETTERS.indexOf(letter), Integer.signum(fifths));
    }
    return key;
  }

  private AbcKey with(int letter, int semitones) {
    List<Integer> changed = new ArrayList<>(raised);
    changed.set(letter, semitones);
    return new AbcKey(changed);
  }

  /** The place of a letter of either case in {@link #LETTERS}. */
  static int letter(char letter) {
    return LETTERS.indexOf(Character.toUpperCase(letter));
  }

  /** What {@code ^^}, {@code ^}, {@code =}, {@code _} and {@code __} raise by. */
  static int semitones(String accidental) {
    return switch (accidental.charAt(0)) {
      case '^' -> accidental.length();
      case '_' -> -accidental.length();
      default -> 0;
    };
  }
}
