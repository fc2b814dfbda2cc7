package org.seqgan.tasks.music;

/**
 * A line of an ABC file.
 *
 * @param file its name, for errors
 * @param number counted from 1
 * @param text without the line's end
 */
record AbcLine(String file, int number, String text) {
  private static final int SHOWN = 40;

  /** Whether it starts with a letter or {@code +} and a colon, as {@code K:} does. */
  boolean isField() {
    if (text.length() < 2 || text.charAt(1) != ':') {
      return false;
    }
    char letter = text.charAt(0);
    boolean named = letter == '+' || (letter < 0x80 && Character.isLetter(letter));
    // "d:|" is a note before the end of a repeat, and no field starts with a bar line
    return named && !text.startsWith(":|", 1) && !text.startsWith("::", 1);
  }

  /** What a field line says, without its letter. */
  String value() {
    return text.substring(2).strip();
  }

  /** An error in this line. */
  MusicException error(String message) {
    return new MusicException("%s, line %d".formatted(file, number), message);
  }

  /** A few characters of it, for an error. */
  static String excerpt(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
