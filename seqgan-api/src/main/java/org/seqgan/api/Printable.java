package org.seqgan.api;

/**
 * Text from files (tokens, titles, names, messages that quote them), made safe to show: what a
 * terminal would take for a command, what would break a line, and what is no character is written
 * as an escape, such as {@code \u001b}. Everything else stays as it is.
 */
public final class Printable {
  /** Of a line that is too long, so much of the end stays: there a message says what to do. */
  private static final int END = 300;

  private Printable() {}

  /** Text of several lines: line ends and tabs stay. */
  public static String text(String text) {
    return escape(text, true);
  }

  /** Text that is to be one line. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** Text that is to be one line of at most so many characters: the middle is left out. */
  static String line(String text, int longest) {
    String line = line(text);
    if (line.length() <= longest) {
      return line;
    }
    String gap = " ... (%d characters in all) ... ".formatted(line.length());
    int head = boundary(line, longest - END - gap.length());
    int tail = boundary(line, line.length() - END + 1);
    return line.substring(0, head) + gap + line.substring(tail);
  }

  /** The place, or the one before it where it is in the middle of a character. */
  private static int boundary(String line, int place) {
    return Character.isLowSurrogate(line.charAt(place)) ? place - 1 : place;
  }

  private static String escape(String text, boolean linesStay) {
    StringBuilder shown = null;
    for (int i = 0, next; i < text.length(); i = next) {
      int c = text.codePointAt(i);
      next = i + Character.charCount(c);
      if (isShown(c) || (linesStay && (c == '\n' || c == '\t'))) {
        if (shown != null) {
          shown.appendCodePoint(c);
        }
      } else {
        if (shown == null) {
          shown = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        shown.append(escape(c));
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> !isOrder(c);
      default -> true;
    };
  }

  /**
   * Characters that change the order in which others are shown, and so what a line seems to say.
   */
  private static boolean isOrder(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted(c);
    };
  }
}
