package org.seqgan.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls, by the names of its methods: readers, one input after the other. Where there
 * are several, the first byte of an input says which one is to read the rest.
 */
public final class FuzzedReaders {
  private static List<ReaderContract> readers = List.of();
  private static Path scratch = Path.of("");

  private FuzzedReaders() {}

  /** Called once, with a folder and the names of subclasses of {@link ReaderContract}. */
  public static void fuzzerInitialize(String[] arguments)
      throws ReflectiveOperationException, IOException {
    scratch = Files.createDirectories(Path.of(arguments[0]));
    List<ReaderContract> found = new ArrayList<>();
    for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
      var constructor = Class.forName(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      found.add((ReaderContract) constructor.newInstance());
    }
    readers = List.copyOf(found);
  }

  /** Called for each input; whatever it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (readers.size() == 1) {
      readers.get(0).isRead(input, scratch);
    } else if (input.length > 0) {
      readers.get(choice(input, readers.size())).isRead(rest(input), scratch);
    }
  }

  /** An input that chooses a reader. */
  static byte[] choosing(int reader, byte[] rest) {
    byte[] input = new byte[rest.length + 1];
    input[0] = (byte) reader;
    System.arraycopy(rest, 0, input, 1, rest.length);
    return input;
  }

  /** The reader that an input chooses. */
  static int choice(byte[] input, int readers) {
    return (input[0] & 0xFF) % readers;
  }

  /** An input without its choice. */
  static byte[] rest(byte[] input) {
    return Arrays.copyOfRange(input, 1, input.length);
  }
}
