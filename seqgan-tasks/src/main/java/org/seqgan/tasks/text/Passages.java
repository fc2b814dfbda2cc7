package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;

/** The lines or paragraphs of files, one after the other. Counts as it goes; runs once. */
final class Passages {
  /** The longest paragraph, in UTF-16 units: one has to fit into memory. */
  private static final int LONGEST = 1 << 20;

  private final TextUnit unit;
  private final Consumer<Passage> sink;
  private final StringBuilder paragraph = new StringBuilder();
  private String start = "";
  private long lines;
  private long blankLines;
  private long passages;

  private Passages(TextUnit unit, Consumer<Passage> sink) {
    this.unit = unit;
    this.sink = sink;
  }

  /**
   * A line or paragraph that is not blank.
   *
   * @param text without line breaks
   * @param place its file and first line, for errors
   */
  record Passage(String text, String place) {}

  /** How much was read. */
  record Counts(int files, long lines, long blankLines, long passages) {}

  /**
   * Reads files.
   *
   * @throws UserException (data) if one cannot be read or is not UTF-8 text, or if a line or
   *     paragraph is too long to be one
   */
  static Counts read(List<Path> files, TextUnit unit, Consumer<Passage> sink) {
    Passages passages = new Passages(unit, sink);
    for (Path file : files) {
      TextLines.read(file, passages::accept);
      passages.endParagraph();
    }
    return new Counts(files.size(), passages.lines, passages.blankLines, passages.passages);
  }

  private void accept(Line line) {
    lines++;
    if (line.isBlank()) {
      blankLines++;
      endParagraph();
    } else if (unit == TextUnit.LINES) {
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
