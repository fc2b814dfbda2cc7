package org.seqgan.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Shows the name of the program in red where it begins a line, as it begins every error. */
final class ErrorWriter extends FilterWriter {
  private static final String NAME = "seqgan: ";

  /** What of the name the line began with; nothing where it cannot be the name any more. */
  private int begun;

  private boolean atStart = true;

  private ErrorWriter(Writer target) {
    super(target);
  }

  /** A writer that prints on another, and flushes at the end of each line. */
  static PrintWriter over(Writer target) {
    return new PrintWriter(new ErrorWriter(target), true);
  }

  @Override
  public void write(int c) throws IOException {
    char found = (char) c;
    if (atStart && found == NAME.charAt(begun)) {
      begun++;
      if (begun == NAME.length()) {
        out.write(Colour.Shade.BAD.of(NAME.strip()) + " ");
        begun = 0;
        atStart = false;
      }
      return;
    }
    release();
    atStart = found == '\n';
    out.write(c);
  }

  /** What looked like the name. */
  private void release() throws IOException {
    out.write(NAME, 0, begun);
    begun = 0;
  }

  @Override
  public void write(char[] text, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      write(text[i]);
    }
  }

  @Override
  public void write(String text, int from, int count) throws IOException {
    write(text.toCharArray(), from, count);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    release();
    out.close();
  }
}
