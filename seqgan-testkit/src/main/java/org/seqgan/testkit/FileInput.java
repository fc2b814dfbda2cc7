package org.seqgan.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.seqgan.api.UserException;

/**
 * An input of a {@link ReaderContract} for a folder of several files: the first line is the name of
 * a file, the rest its contents.
 *
 * @param name of the file
 * @param contents not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, not by value
public record FileInput(String name, byte[] contents) {
  /** An input that has a text in a file. */
  public static byte[] of(String name, String contents) {
    return (name + "\n" + contents).getBytes(UTF_8);
  }

  /** Takes an input apart. */
  public static FileInput parse(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    int from = Math.min(end + 1, input.length);
    return new FileInput(
        new String(input, 0, end, UTF_8), Arrays.copyOfRange(input, from, input.length));
  }

  /** Writes the file into a folder. */
  public Path writeTo(Path folder) throws IOException {
    return Files.write(folder.resolve(name), contents);
  }

  /** Rejects an input with the name of no file that is read. */
  public UserException unexpected() {
    return new UserException(UserException.Kind.DATA, "a file that nobody reads");
  }
}
