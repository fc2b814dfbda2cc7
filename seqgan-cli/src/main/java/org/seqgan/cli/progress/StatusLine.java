package org.seqgan.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.seqgan.api.Printable;
import org.seqgan.core.terminal.DisplayWidth;

/**
 * A line that says how something goes on, as often as a {@link ProgressBar.Mode} wants it, among
 * lines that stay. Not thread-safe.
 */
final class StatusLine {
  private static final long REDRAW_INTERVAL = Duration.ofMillis(100).toNanos();
  private static final long LINE_INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final int BAR_WIDTH = 16;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final ProgressBar.Mode mode;
  private final int columns;
  private final LongSupplier nanoTime;
  private long shownAt;
  private boolean lineIsOpen;

  /**
   * A line.
   *
   * @param columns the width of the terminal; a longer line is cut
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  StatusLine(PrintWriter out, ProgressBar.Mode mode, int columns, LongSupplier nanoTime) {
    if (columns < 2) {
      throw new IllegalArgumentException("columns is " + columns + ", expected at least 2");
    }
    this.out = out;
    this.mode = mode;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.shownAt = nanoTime.getAsLong();
  }

  /** Shows it unless it was shown just before. */
  void showWhenDue(Supplier<String> line) {
    long interval = mode == ProgressBar.Mode.TERMINAL ? REDRAW_INTERVAL : LINE_INTERVAL;
    if (nanoTime.getAsLong() - shownAt >= interval) {
      show(line.get());
    }
  }

  /** Shows it now. */
  void show(String text) {
    String line = Printable.line(text);
    if (mode == ProgressBar.Mode.QUIET) {
      return;
    }
    shownAt = nanoTime.getAsLong();
    if (mode == ProgressBar.Mode.TERMINAL) {
      out.print(CLEAR_LINE + cut(line));
      lineIsOpen = true;
    } else {
      out.print(line + "\n");
    }
    out.flush();
  }

  /** Writes a line that stays. */
  void say(String text) {
    if (mode == ProgressBar.Mode.QUIET) {
      return;
    }
    shownAt = nanoTime.getAsLong();
    out.print((lineIsOpen ? CLEAR_LINE : "") + Printable.line(text) + "\n");
    out.flush();
    lineIsOpen = false;
  }

  /** Takes away what is rewritten in place. */
  void clear() {
    if (lineIsOpen) {
      out.print(CLEAR_LINE);
      out.flush();
      lineIsOpen = false;
    }
  }

  /** A fraction as a drawing. */
  static String bar(double fraction) {
    int full = (int) (BAR_WIDTH * fraction);
    return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]";
  }

  private String cut(String text) {
    // A line as wide as the terminal would move the cursor to the next.
    return DisplayWidth.cut(text, columns - 1);
  }
}
