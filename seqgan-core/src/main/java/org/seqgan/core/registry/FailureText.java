package org.seqgan.core.registry;

import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

/** What went wrong, in one line. */
final class FailureText {
  private FailureText() {}

  /** Every distinct message of the chain of causes. */
  static String of(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(FailureText::line)
        .distinct()
        .reduce((outer, inner) -> outer + ": " + inner)
        .orElseThrow()
        .replaceAll("\\s+", " ");
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof ServiceConfigurationError && message != null) {
      return message;
    }
    String type = failure.getClass().getSimpleName();
    return message == null ? type : type + ": " + message;
  }
}
