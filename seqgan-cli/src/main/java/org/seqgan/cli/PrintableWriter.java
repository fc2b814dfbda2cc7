package org.seqgan.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.seqgan.api.Printable;

/** Shows text on a terminal: {@link Printable} is made of all of it. */
final class PrintableWriter extends FilterWriter {
  private PrintableWriter(Writer target) {
    super(target);
  }

  /** A writer that prints on another, and flushes at the end of each line. */
  static PrintWriter over(Writer target) {
    return new PrintWriter(new PrintableWriter(target), true);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c));
  }

  @Override
  public void write(char[] text, int from, int count) throws IOException {
    write(new String(text, from, count));
  }

  @Override
  public void write(String text, int from, int count) throws IOException {
    out.write(Printable.text(text.substring(from, from + count)));
  }
}
