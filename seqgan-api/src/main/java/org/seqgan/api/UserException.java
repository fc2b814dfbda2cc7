package org.seqgan.api;

/**
 * An error that a user caused and can mend. Its message is one line: what was expected, what was
 * found, where, and what to do. The program prints the message alone, without a stack trace, and
 * exits with {@link Kind#exitCode()}.
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
    RUN_DIRECTORY(5);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the program, 2 to 5. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  /** An error with a one-line message. */
  public UserException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * An error with a one-line message and what caused it (shown only when a stack trace is asked
   * for).
   */
  public UserException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What was wrong. */
  public Kind kind() {
    return kind;
  }
}
