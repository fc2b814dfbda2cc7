package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;

/**
 * What every reader of files from strangers must do: any bytes at all give a value or a {@link
 * UserException} whose message is {@linkplain OneLine one line}, never another exception or error,
 * within bounded time and memory. Extend it and implement {@link #read} and {@link #examples}; name
 * the subclass in a {@link FuzzingContract}, too, which looks for inputs on which this does not
 * hold.
 *
 * <p>Inputs that were kept, because a fault was found by them or because they reach a part of the
 * reader that others do not, lie in a folder of resources beside the subclass that has its simple
 * name.
 */
public abstract class ReaderContract {
  /** The longest input that a fuzzer makes, in bytes. */
  static final int LONGEST_INPUT = 4096;

  @TempDir private Path folder;

  /**
   * Reads an input to its end and throws away what comes of it. Where there is a writer, too, it
   * writes what was read, reads that again, and throws an {@link AssertionError} where it is not
   * the same.
   *
   * @param scratch a folder for this reader's files; what was written there before is still there
   * @throws UserException if the input is not what is expected
   */
  protected abstract void read(byte[] input, Path scratch) throws IOException;

  /** Small whole inputs, made by a writer of the program where there is one. */
  protected abstract List<byte[]> examples() throws IOException;

  /** Words of the format, which chance would hardly spell. */
  protected List<String> words() {
    return List.of();
  }

  /** Which classes the fuzzer watches to see what an input reaches: names, {@code *} at the end. */
  protected List<String> watched() {
    return List.of("org.seqgan.**");
  }

  /**
   * What is read of what the program itself wrote.
   *
   * @throws AssertionError if it is rejected
   */
  protected static <T> T readAgain(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UserException e) {
      throw new AssertionError("what was written is not read again: " + e.getMessage(), e);
    }
  }

  /**
   * Whether an input is read.
   *
   * @throws AssertionError if it is rejected in anything but one line
   */
  protected final boolean isRead(byte[] input, Path scratch) throws IOException {
    try {
      read(input, scratch);
      return true;
    } catch (UserException e) {
      OneLine.assertIsOne(e);
      return false;
    }
  }

  @Test
  @Timeout(60)
  final void everyExampleIsRead() throws IOException {
    int number = 0;
    for (byte[] example : examples()) {
      read(example, folder);
      number++;
    }
    assertThat(number).as("examples").isPositive();
  }

  @Test
  @Timeout(60)
  final void everyKeptInputIsReadOrRejectedInOneLine() throws IOException {
    for (Path kept : kept()) {
      try {
        isRead(Files.readAllBytes(kept), folder);
      } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
        fail("kept input " + kept.getFileName(), e);
      }
    }
  }

  /** What a fuzzer starts from: examples and kept inputs. */
  final List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>(examples());
    for (Path kept : kept()) {
      seeds.add(Files.readAllBytes(kept));
    }
    return seeds;
  }

  private List<Path> kept() throws IOException {
    URL url = getClass().getResource(getClass().getSimpleName());
    if (url == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files.sorted().toList();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
