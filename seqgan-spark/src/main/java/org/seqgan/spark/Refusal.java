package org.seqgan.spark;

/** What the user has to know, in one line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code of {@code seqgan} for a wrong command line. */
  static final int USAGE = 2;

  /** Its exit code for what is in the way on this machine or another. */
  static final int ENVIRONMENT = 4;

  /** Its exit code for a directory of a matrix that is not as it has to be. */
  static final int RUN_DIRECTORY = 5;

  private final int exitCode;

  Refusal(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
