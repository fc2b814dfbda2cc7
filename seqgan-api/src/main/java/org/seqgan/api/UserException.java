package org.seqgan.api;

/**
 * An error that a user caused and can mend. Its message is one line: what was expected, what was
 * found, where, and what to do. The program prints the message alone, without a stack trace, and
 * exits with {@link Kind#exitCode()}.
 *
 * <p>Parts of a message come out of files and answers of strangers. Whatever is in them, {@link
 * #line} makes one line of it, which a terminal shows as it stands.
 */
public class UserException extends RuntimeException {
  /** What was wrong, and with it the exit code of the program. */
  public enum Kind {
    /**
     * A command line or a configuration: unknown key, wrong type, value out of range, unknown
     * plugin.
     */
    CONFIGURATION(2),
    /** An input file: missing, truncated, malformed, or of the wrong size. */
    DATA(3),
    /**
     * This machine: a backend that cannot run here, a folder that cannot be written, memory that is
     * not there.
     */
    ENVIRONMENT(4),
    /** A run directory: exists already, is missing, or is not what the command needs. */
    RUN_DIRECTORY(5),
    /** A plugin: its jar cannot be loaded, it threw, or it gave what its contract forbids. */
    PLUGIN(7),
    /** Training went wrong in a way that {@code training.stop-on} names. */
    TRAINING(8);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the program, 2 to 5, 7 or 8. */
    public int exitCode() {
      return exitCode;
    }
  }

  /** The longest message, in characters. */
  public static final int LONGEST_MESSAGE = 1500;

  private final Kind kind;

  /** An error with a message, of which {@link #line} is shown. */
  public UserException(Kind kind, String message) {
    super(line(message));
    this.kind = kind;
  }

  /**
   * An error with a message, of which {@link #line} is shown, and what caused it (shown only when a
   * stack trace is asked for).
   */
  public UserException(Kind kind, String message, Throwable cause) {
    super(line(message), cause);
    this.kind = kind;
  }

  /** What was wrong. */
  public Kind kind() {
    return kind;
  }

  /**
   * A text as one line of at most {@link #LONGEST_MESSAGE} characters: what would end the line,
   * tell a terminal something or turn the order of the others becomes an escape such as {@code
   * \u001b}, and of a longer text the middle is left out, which is said in its place.
   */
  public static String line(String text) {
    return Printable.line(text, LONGEST_MESSAGE);
  }
}
