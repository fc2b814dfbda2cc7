package org.seqgan.tasks.oracle.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The pickles beside these tests, written by make_pickles.py. */
public final class Pickles {
  private Pickles() {}

  /** The bytes of a pickle. */
  public static byte[] bytes(String name) {
    try (InputStream in = Objects.requireNonNull(Pickles.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes bytes to a file of a folder. */
  public static Path file(Path folder, byte[] bytes) {
    try {
      return Files.write(folder.resolve("x.pkl"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
