package org.seqgan.tasks.text;

/** What of a text becomes a sequence. */
public enum TextUnit {
  /** Each line. */
  LINES("lines"),
  /** What blank lines part; its lines are joined by a space. */
  PARAGRAPHS("paragraphs");

  private final String words;

  TextUnit(String words) {
    this.words = words;
  }

  /** In the plural. */
  String words() {
    return words;
  }
}
