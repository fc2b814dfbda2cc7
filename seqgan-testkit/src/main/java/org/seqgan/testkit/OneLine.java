package org.seqgan.testkit;

import org.seqgan.api.UserException;

/**
 * What a message for a user must be: one line that a terminal shows as it stands, of bounded
 * length. Whatever of it came out of a file is in the hands of a stranger.
 */
public final class OneLine {
  private OneLine() {}

  /** Fails where the message of an error is not one line; the error is the cause. */
  public static void assertIsOne(Exception error) {
    try {
      assertIsOne(String.valueOf(error.getMessage()));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage(), error);
    }
  }

  /**
   * Fails where a message is blank, longer than {@link UserException#LONGEST_MESSAGE}, or has a
   * character that ends a line or tells a terminal something instead of being shown.
   */
  public static void assertIsOne(String message) {
    if (message.isBlank()) {
      throw new AssertionError("expected one line, found none");
    }
    if (message.length() > UserException.LONGEST_MESSAGE) {
      throw new AssertionError(
          "expected one line of at most %d characters, found %d: %s"
              .formatted(UserException.LONGEST_MESSAGE, message.length(), message));
    }
    for (int i = 0; i < message.length(); i++) {
      if (isControl(message.charAt(i))) {
        throw new AssertionError(
            "expected one line without control characters, found U+%04X in: %s"
                .formatted((int) message.charAt(i), message));
      }
    }
  }

  private static boolean isControl(char character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
