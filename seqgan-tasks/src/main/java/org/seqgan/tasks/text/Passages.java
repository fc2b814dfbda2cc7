package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;
import org.seqgan.tasks.Tokenizer;

/** The lines, paragraphs or records of files, one after the other. Counts as it goes; runs once. */
final class Passages {
  /** The longest paragraph, in UTF-16 units: one has to fit into memory. */
  private static final int LONGEST = 1 << 20;

  /** Why a line without a visible character is skipped. */
  static final String BLANK = "blank";

  private final TextLayout layout;
  private final Sink sink;
  private final StringBuilder paragraph = new StringBuilder();
  private String start = "";
  private long lines;
  private long blankLines;
  private long passages;
  private long separators;
  private long lostCharacters;

  private Passages(TextLayout layout, Sink sink) {
    this.layout = layout;
    this.sink = sink;
  }

  /**
   * A line, paragraph or record. A line or paragraph is not blank.
   *
   * @param text without line breaks, but for those that a record has
   * @param place its file and first line, for errors
   */
  record Passage(String text, String place) {
    /**
     * Its tokens.
     *
     * @throws UserException if the tokeniser cannot take it apart; the message names the place
     */
    List<String> tokens(Tokenizer tokenizer) {
      try {
        return tokenizer.tokenize(text);
      } catch (UserException e) {
        throw new UserException(e.kind(), "%s, %s".formatted(place, e.getMessage()), e);
      }
    }
  }

  /** Gets what is read. */
  @FunctionalInterface
  interface Sink {
    /** Takes the next passage. */
    void accept(Passage passage);

    /** Hears of a line that is in no passage, and why. */
    default void skipped(Line line, String why) {}
  }

  /**
   * How much was read.
   *
   * @param files how many
   * @param lines of all files
   * @param blankLines of those
   * @param passages lines, paragraphs or records
   * @param word for one of these
   * @param separators characters U+0085, U+2028 and U+2029, which end no line here
   * @param lostCharacters characters U+FFFD, which stand for what could not be converted
   */
  record Counts(
      int files,
      long lines,
      long blankLines,
      long passages,
      String word,
      long separators,
      long lostCharacters) {}

  /**
   * Reads files.
   *
   * @throws UserException (data) if one cannot be read or is not UTF-8 text, if a line or paragraph
   *     is too long to be one, or if one is not the table that it should be
   */
  static Counts read(List<Path> files, TextLayout layout, Sink sink) {
    Passages passages = new Passages(layout, sink);
    files.forEach(passages::read);
    return new Counts(
        files.size(),
        passages.lines,
        passages.blankLines,
        passages.passages,
        layout.word(),
        passages.separators,
        passages.lostCharacters);
  }

  private void read(Path file) {
    if (layout.table().isPresent()) {
      readTable(file, TableReader.of(layout.table().get(), this::emit, sink::skipped));
    } else {
      TextLines.read(file, this::accept);
      endParagraph();
    }
  }

  private void readTable(Path file, TableReader table) {
    TextLines.read(
        file,
        line -> {
          count(line);
          table.accept(line);
        });
    table.finish();
  }

  private void count(Line line) {
    lines++;
    blankLines += line.isBlank() ? 1 : 0;
    for (int i = 0; i < line.text().length(); i++) {
      switch (line.text().charAt(i)) {
        case '\u0085', '\u2028', '\u2029' -> separators++;
        case '\uFFFD' -> lostCharacters++;
        default -> {}
      }
    }
  }

  private void accept(Line line) {
    count(line);
    if (line.isBlank()) {
      endParagraph();
      if (layout.unit() == TextUnit.LINES) {
        sink.skipped(line, BLANK);
      }
    } else if (layout.unit() == TextUnit.LINES) {
      emit(new Passage(line.text(), line.place()));
    } else {
      append(line);
    }
  }

  private void append(Line line) {
    if (paragraph.isEmpty()) {
      start = line.place();
    } else {
      paragraph.append(' ');
    }
    if (paragraph.length() + line.text().length() > LONGEST) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: this paragraph has more than %d characters; expected blank lines between paragraphs: take unit = lines"
              .formatted(start, LONGEST));
    }
    paragraph.append(line.text());
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      emit(new Passage(paragraph.toString(), start));
      paragraph.setLength(0);
    }
  }

  private void emit(Passage passage) {
    passages++;
    sink.accept(passage);
  }
}
