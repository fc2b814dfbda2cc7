package org.seqgan.cli;

import org.seqgan.api.UserException;

/** A command line that cannot be carried out. */
final class Misuse {
  private Misuse() {}

  /** An exception of kind configuration: exit code 2. */
  static UserException of(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, message);
  }
}
