package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seqgan.api.task.Task;
import org.seqgan.core.run.DurableFiles;

/**
 * Writes sequences into a folder, {@code 0001.mid}, {@code 0002.mid} and so on: the files that the
 * task makes of each, or its text as {@code .txt} where it makes none.
 */
final class SampleFiles {
  private static final String TEXT = "txt";
  private static final String UNFINISHED = ".tmp";

  private final Path folder;
  private final int digits;
  private final Optional<String> onlyEnding;
  private final Map<String, Integer> written = new TreeMap<>();

  private SampleFiles(Path folder, int count, Optional<String> onlyEnding) {
    this.folder = folder;
    this.onlyEnding = onlyEnding;
    this.digits = Math.max(4, Integer.toString(count).length());
  }

  /**
   * Insists that a folder may be written into; to be asked before long work.
   *
   * @param force whether other files may be in it
   * @throws org.seqgan.api.UserException if it may not
   */
  static void requireRoom(Path folder, boolean force) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Misuse.of("--out takes a folder, %s is a file; name another".formatted(folder));
    }
    if (!force && Files.isDirectory(folder) && !DurableFiles.isEmpty(folder)) {
      throw Misuse.of(
          "%s is not empty: use --force to write into it, where files of the same name are replaced, or another --out"
              .formatted(folder));
    }
  }

  /**
   * A writer into a folder, which is made where it is missing.
   *
   * @param count how many sequences there will be
   * @param onlyEnding of the files that are written of a sequence, the one that ends so; empty for
   *     all
   */
  static SampleFiles into(Path folder, int count, Optional<String> onlyEnding) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder, e);
    }
    return new SampleFiles(folder, count, onlyEnding);
  }

  /**
   * Writes a sequence.
   *
   * @param number counted from 1
   * @return the names of its files
   */
  List<String> write(int number, Task task, int[] tokens) {
    Map<String, byte[]> files = task.files(tokens);
    if (files.isEmpty()) {
      files = Map.of(TEXT, (task.show(tokens) + "\n").getBytes(UTF_8));
    }
    List<String> names = new ArrayList<>();
    new TreeMap<>(files)
        .forEach(
            (ending, contents) -> {
              if (onlyEnding.isEmpty() || onlyEnding.get().equals(ending)) {
                names.add(write(number, ending, contents));
              }
            });
    return names;
  }

  private String write(int number, String ending, byte[] contents) {
    if (!ending.matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*")) {
      throw new IllegalArgumentException("no file name can end in '" + ending + "'");
    }
    String name = String.format(Locale.ROOT, "%0" + digits + "d.%s", number, ending);
    Path file = folder.resolve(name);
    Path unfinished = folder.resolve(name + UNFINISHED);
    try {
      try {
        Files.write(
            unfinished,
            contents,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file, e);
    }
    written.merge(ending, 1, Integer::sum);
    return name;
  }

  /** What was written, such as {@code 10 .abc and 10 .mid files in tunes}. */
  @Override
  public String toString() {
    List<String> counts =
        written.entrySet().stream().map(e -> e.getValue() + " ." + e.getKey()).toList();
    return String.join(" and ", counts) + " files in " + folder;
  }
}
