package org.seqgan.tasks;

/**
 * Cuts bytes into pieces, which no pair goes beyond: a run of letters, of digits, of other visible
 * characters, or of white space. One space right before one of the first three belongs to it, so
 * that a word in the middle of a line is one piece with its space. A byte from 0x80 on is part of a
 * character outside of ASCII and counts as a letter: no such character is in two pieces. The pieces
 * together are the bytes.
 */
final class BytePieces {
  private BytePieces() {}

  private enum Kind {
    LETTER,
    DIGIT,
    WHITE_SPACE,
    OTHER;

    static Kind of(byte value) {
      if (value < 0 || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z')) {
        return LETTER;
      }
      if (value >= '0' && value <= '9') {
        return DIGIT;
      }
      return value == ' ' || (value >= '\t' && value <= '\r') ? WHITE_SPACE : OTHER;
    }
  }

  /** Where the piece ends that begins at a byte. */
  static int end(byte[] text, int from) {
    boolean joins =
        text[from] == ' ' && from + 1 < text.length && Kind.of(text[from + 1]) != Kind.WHITE_SPACE;
    Kind kind = Kind.of(text[joins ? from + 1 : from]);
    int to = joins ? from + 2 : from + 1;
    while (to < text.length && Kind.of(text[to]) == kind) {
      to++;
    }
    boolean leavesASpace =
        kind == Kind.WHITE_SPACE && to < text.length && to - from > 1 && text[to - 1] == ' ';
    return leavesASpace ? to - 1 : to;
  }
}
