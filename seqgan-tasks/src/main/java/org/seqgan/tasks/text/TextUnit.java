package org.seqgan.tasks.text;

/** What of a text becomes a sequence. */
public enum TextUnit {
  /** Each line. */
  LINES("line"),
  /** What blank lines part; its lines are joined by a space. */
  PARAGRAPHS("paragraph");

  private final String word;

  TextUnit(String word) {
    this.word = word;
  }

  /** In the singular. */
  String word() {
    return word;
  }
}
