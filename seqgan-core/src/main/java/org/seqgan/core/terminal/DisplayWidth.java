package org.seqgan.core.terminal;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many columns of a terminal text takes. A character of East Asian Width W or F (Unicode
 * Standard Annex 11) takes two, a mark that combines with the one before it none, any other one.
 * What is shown as one emoji takes two however many characters it is made of: pictures that a
 * zero-width joiner joins, a picture with a colour of skin, a flag of two letters, a character that
 * variation selector 16 makes a picture of (Unicode Technical Standard 51). The text is one line
 * without control characters, as {@link org.seqgan.api.Printable#line} makes it.
 */
public final class DisplayWidth {
  /**
   * The characters of width W or F in EastAsianWidth.txt of Unicode 14, with what is not assigned
   * between them; of the planes 2 and 3 all, as the annex wants it.
   */
  private static final String WIDE =
      """
      1100-115f 231a-231b 2329-232a 23e9-23ec 23f0-23f0 23f3-23f3 25fd-25fe 2614-2615 2648-2653
      267f-267f 2693-2693 26a1-26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce-26ce 26d4-26d4 26ea-26ea
      26f2-26f3 26f5-26f5 26fa-26fa 26fd-26fd 2705-2705 270a-270b 2728-2728 274c-274c 274e-274e
      2753-2755 2757-2757 2795-2797 27b0-27b0 27bf-27bf 2b1b-2b1c 2b50-2b50 2b55-2b55 2e80-303e
      3041-3247 3250-4dbf 4e00-a4c6 a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe6b ff01-ff60
      ffe0-ffe6 16fe0-1b2fb 1f004-1f004 1f0cf-1f0cf 1f18e-1f18e 1f191-1f19a 1f200-1f320
      1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca 1f3cf-1f3d3 1f3e0-1f3f0 1f3f4-1f3f4
      1f3f8-1f43e 1f440-1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a-1f57a
      1f595-1f596 1f5a4-1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc-1f6cc 1f6d0-1f6d2 1f6d5-1f6df
      1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1faff
      20000-3fffd
      """;

  private static final String DOTS = "...";

  /** First to last of each range. */
  private static final NavigableMap<Integer, Integer> RANGES = new TreeMap<>();

  static {
    for (String range : WIDE.split("\\s+")) {
      RANGES.put(
          Integer.parseInt(range.substring(0, range.indexOf('-')), 16),
          Integer.parseInt(range.substring(range.indexOf('-') + 1), 16));
    }
  }

  private DisplayWidth() {}

  private static final int JOINER = 0x200d;
  private static final int AS_PICTURE = 0xfe0f;

  /**
   * What is shown in one place.
   *
   * @param end where the next begins
   */
  private record Cluster(int end, int columns) {}

  /** The columns of a text. */
  public static int of(String text) {
    int columns = 0;
    for (int at = 0; at < text.length(); ) {
      Cluster cluster = cluster(text, at);
      columns += cluster.columns;
      at = cluster.end;
    }
    return columns;
  }

  /** The text, with blanks behind it up to a width; as it is where it is wider. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** As much of the text, from its beginning, as a width holds. */
  public static String cut(String text, int columns) {
    int width = 0;
    for (int at = 0; at < text.length(); ) {
      Cluster cluster = cluster(text, at);
      width += cluster.columns;
      if (width > columns) {
        return text.substring(0, at);
      }
      at = cluster.end;
    }
    return text;
  }

  /** The text; of one that is wider than some columns the beginning, with three dots. */
  public static String shorten(String text, int columns) {
    return of(text) <= columns ? text : cut(text, Math.max(0, columns - DOTS.length())) + DOTS;
  }

  /** A character with all that is shown in its place. */
  private static Cluster cluster(String text, int from) {
    int base = text.codePointAt(from);
    int columns = of(base);
    int end = from + Character.charCount(base);
    if (isHalfOfAFlag(base) && end < text.length() && isHalfOfAFlag(text.codePointAt(end))) {
      columns = 2;
      end += Character.charCount(text.codePointAt(end));
    }
    while (end < text.length()) {
      int next = text.codePointAt(end);
      int after = end + Character.charCount(next);
      if (next == AS_PICTURE && canBeAPicture(base)) {
        columns = 2;
      } else if (isColourOfSkin(next) && isPicture(base)) {
        columns = 2;
      } else if (next == JOINER
          && isPicture(base)
          && after < text.length()
          && isPicture(text.codePointAt(after))) {
        base = text.codePointAt(after);
        columns = 2;
        after += Character.charCount(base);
      } else if (!isCombining(next)) {
        break;
      }
      end = after;
    }
    return new Cluster(end, columns);
  }

  private static int of(int c) {
    if (isCombining(c)) {
      return 0;
    }
    Map.Entry<Integer, Integer> range = RANGES.floorEntry(c);
    return range != null && c <= range.getValue() ? 2 : 1;
  }

  private static boolean isHalfOfAFlag(int c) {
    return c >= 0x1f1e6 && c <= 0x1f1ff;
  }

  private static boolean isColourOfSkin(int c) {
    return c >= 0x1f3fb && c <= 0x1f3ff;
  }

  /** A symbol; one that is younger than this Java's Unicode lies in the planes of pictures. */
  private static boolean isPicture(int c) {
    return Character.getType(c) == Character.OTHER_SYMBOL || (c >= 0x1f000 && c <= 0x1faff);
  }

  /** The digits and signs of keys too. */
  private static boolean canBeAPicture(int c) {
    return isPicture(c)
        || switch (Character.getType(c)) {
          case Character.MATH_SYMBOL, Character.OTHER_PUNCTUATION -> true;
          default -> c >= '0' && c <= '9';
        };
  }

  private static boolean isCombining(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      // All but the soft hyphen, which terminals show.
      case Character.FORMAT -> c != 0xad;
      // The vowels and final consonants of conjoining Hangul stand in their syllable.
      default -> c >= 0x1160 && c <= 0x11ff || c >= 0xd7b0 && c <= 0xd7ff;
    };
  }
}
