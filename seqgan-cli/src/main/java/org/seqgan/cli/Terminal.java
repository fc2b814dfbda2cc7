package org.seqgan.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.cli.progress.ProgressBar;

/** What is known of the other end of the standard output. */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;
  private static final Path CONTROLLING = Path.of("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})\\s*");
  private static final int LONGEST_MILLISECONDS = 1000;

  private Terminal() {}

  /** How large it is. */
  private record Size(int rows, int columns) {
    private static final Optional<Size> MEASURED = measured();
  }

  /**
   * Whether it is a terminal. The launcher asks the shell; System.console() answers for redirected
   * output too, from JDK 22 on.
   */
  static boolean isThere() {
    return Boolean.getBoolean("seqgan.terminal");
  }

  /** The same of the standard error. */
  static boolean isThereForErrors() {
    return Boolean.getBoolean("seqgan.terminal.errors");
  }

  /** How progress is shown: on one line of a terminal, or as lines in a file. */
  static ProgressBar.Mode progressMode() {
    return isThere() ? ProgressBar.Mode.TERMINAL : ProgressBar.Mode.LINES;
  }

  /**
   * Its width when it was first asked for: what {@code COLUMNS} says, where a user or a shell
   * exports it, or else what the terminal says of itself.
   */
  static int columns() {
    return number("COLUMNS")
        .or(() -> isThere() ? Size.MEASURED.map(Size::columns) : Optional.empty())
        .orElse(USUAL_COLUMNS);
  }

  /** Its height, by {@code LINES} or by itself. */
  static int rows() {
    return number("LINES")
        .or(() -> isThere() ? Size.MEASURED.map(Size::rows) : Optional.empty())
        .orElse(USUAL_ROWS);
  }

  private static Optional<Integer> number(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(value -> value.matches("[1-9]\\d{1,3}"))
        .map(Integer::valueOf);
  }

  /** As {@code stty} reads it from the terminal that the process belongs to, if to any. */
  private static Optional<Size> measured() {
    if (!Files.isReadable(CONTROLLING)) {
      return Optional.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(CONTROLLING.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!stty.waitFor(LONGEST_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
        String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        Matcher size = SIZE.matcher(said);
        return size.matches()
            ? Optional.of(
                new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
            : Optional.empty();
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty(); // there is no stty, or no terminal behind the name
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
