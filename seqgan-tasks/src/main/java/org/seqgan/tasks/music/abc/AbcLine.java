package org.seqgan.tasks.music.abc;

import org.seqgan.tasks.music.song.MusicException;

/**
 * A line of an ABC file.
 *
 * @param file its name, for errors
 * @param number counted from 1
 * @param text without the line's end
 */
record AbcLine(String file, int number, String text) {
  private static final int SHOWN = 40;
  private static final String NOTES = "ABCDEFGabcdefgzx";

  /** Whether it starts with a letter or {@code +} and a colon, as {@code K:} does. */
  boolean isField() {
    if (text.length() < 2 || text.charAt(1) != ':') {
      return false;
    }
    char letter = text.charAt(0);
    boolean named = letter == '+' || (letter < 0x80 && Character.isLetter(letter));
    return named && !isNoteBeforeBarLine(letter) && !text.startsWith(":|", 1);
  }

  /** A note may stand before the end of a repeat, with blanks in it: {@code d: |}. */
  private boolean isNoteBeforeBarLine(char letter) {
    String value = value();
    return NOTES.indexOf(letter) >= 0 && !value.isEmpty() && "|:]".indexOf(value.charAt(0)) >= 0;
  }

  /** Whether it is the field that a tune starts with; {@code X:|} is a rest and a bar line. */
  boolean startsTune() {
    return isField() && text.charAt(0) == 'X' && !value().startsWith("|");
  }

  /** Whether it is an instruction to programs, such as {@code %%MIDI program 1}. */
  boolean isDirective() {
    return text.startsWith("%%");
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
