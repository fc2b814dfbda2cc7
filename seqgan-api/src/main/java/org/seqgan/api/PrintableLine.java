package org.seqgan.api;

/** Makes one line of any text, which a terminal shows as it stands. */
final class PrintableLine {
  /** Of a message that is too long, so much of the end stays: there it says what to do. */
  private static final int END = 300;

  private PrintableLine() {}

  static String of(String text, int longest) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (isShown(character)) {
                line.appendCodePoint(character);
              } else {
                line.append(escape(character));
              }
            });
    return line.length() <= longest ? line.toString() : shortened(line, longest);
  }

  private static String shortened(StringBuilder line, int longest) {
    String gap = " ... (%d characters in all) ... ".formatted(line.length());
    int head = boundary(line, longest - END - gap.length());
    int tail = boundary(line, line.length() - END + 1);
    return line.substring(0, head) + gap + line.substring(tail);
  }

  /** The place, or the one before it where it is in the middle of a character. */
  private static int boundary(CharSequence line, int place) {
    return Character.isLowSurrogate(line.charAt(place)) ? place - 1 : place;
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> !isOrder(character);
      default -> true;
    };
  }

  /** Whether it turns the order in which others are shown, and so what a line seems to say. */
  private static boolean isOrder(int character) {
    return (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static String escape(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted(character);
    };
  }
}
