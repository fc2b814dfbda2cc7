package org.seqgan.cli;

import org.seqgan.cli.progress.ProgressBar;

/** What is known of the other end of the standard output. */
final class Terminal {
  private static final int USUAL_COLUMNS = 100;
  private static final int USUAL_ROWS = 24;

  private Terminal() {}

  /**
   * Whether it is a terminal. The launcher asks the shell; System.console() answers for redirected
   * output too, from JDK 22 on.
   */
  static boolean isThere() {
    return Boolean.getBoolean("seqgan.terminal");
  }

  /** How progress is shown: on one line of a terminal, or as lines in a file. */
  static ProgressBar.Mode progressMode() {
    return isThere() ? ProgressBar.Mode.TERMINAL : ProgressBar.Mode.LINES;
  }

  /** The shell's idea of its width, where it exports it. */
  static int columns() {
    return number("COLUMNS", USUAL_COLUMNS);
  }

  /** The shell's idea of its height, where it exports it. */
  static int rows() {
    return number("LINES", USUAL_ROWS);
  }

  private static int number(String variable, int otherwise) {
    String value = System.getenv(variable);
    return value != null && value.matches("[1-9]\\d{1,3}") ? Integer.parseInt(value) : otherwise;
  }
}
