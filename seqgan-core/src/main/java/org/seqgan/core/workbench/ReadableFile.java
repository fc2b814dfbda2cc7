package org.seqgan.core.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.seqgan.api.UserException;

/** What may be read of a folder that somebody else may have filled. */
final class ReadableFile {
  /** Far more than any file has that a list is made of. */
  private static final long MOST_BYTES = 1 << 26;

  private ReadableFile() {}

  /**
   * Insists that a file, where it is there, is one that comes to an end soon: no pipe, no device,
   * not too large.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}
   */
  static void require(Path file) {
    requireRegular(file);
    long bytes = file.toFile().length();
    if (bytes > MOST_BYTES) {
      throw refusal(file, "one of %,d bytes, at most %,d are read".formatted(bytes, MOST_BYTES));
    }
  }

  /** The same of one of which only the end is read. */
  static void requireRegular(Path file) {
    if (file.toFile().exists() && !Files.isRegularFile(file)) {
      throw refusal(file, "something else; move it away");
    }
  }

  private static UserException refusal(Path file, String found) {
    return new UserException(
        UserException.Kind.RUN_DIRECTORY, "expected a file at %s, found %s".formatted(file, found));
  }
}
