package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of the checkpoints: how they come to be and go, each in one step.
 *
 * @param path the folder they are in, which need not be there yet
 */
record CheckpointFolder(Path path) {
  private static final String REPLACED = ".old";

  /** Where the checkpoint of a position lies. */
  Path place(Position position) {
    Path place = home(position);
    Path replaced = replaced(position);
    // A writer that was killed while it replaced a checkpoint has not lost the former one.
    return !Files.exists(place) && Files.exists(replaced) ? replaced : place;
  }

  private Path home(Position position) {
    return path.resolve(position.label());
  }

  private Path replaced(Position position) {
    return path.resolve(position.label() + REPLACED);
  }

  /** Where it is written. */
  Path unfinished(Position position) {
    return path.resolve(position.label() + DurableFiles.UNFINISHED);
  }

  /** Moves what was written to its place. */
  void publish(Position position) throws IOException {
    Path target = home(position);
    Path replaced = replaced(position);
    if (Files.exists(target)) {
      move(target, replaced);
    }
    move(unfinished(position), target);
    DurableFiles.forceFolder(path);
    DurableFiles.delete(replaced);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Clears what a killed writer left: what it had not finished goes, and what it was about to
   * replace comes back.
   */
  void recover() throws IOException {
    for (Path entry : entries()) {
      String name = entry.getFileName().toString();
      if (name.endsWith(DurableFiles.UNFINISHED)) {
        DurableFiles.delete(entry);
      } else if (name.endsWith(REPLACED)) {
        restore(entry, path.resolve(withoutEnding(name)));
      }
    }
  }

  private static void restore(Path replaced, Path target) throws IOException {
    if (Files.exists(target)) {
      DurableFiles.delete(replaced);
    } else {
      move(replaced, target);
    }
  }

  /** Deletes a checkpoint. */
  void delete(Position position) throws IOException {
    // Out of sight first: half a checkpoint is not to be taken for a damaged one.
    Path doomed = unfinished(position);
    DurableFiles.delete(doomed);
    move(place(position), doomed);
    DurableFiles.delete(doomed);
  }

  /** Which positions have a checkpoint, the earliest first. */
  List<Position> positions() {
    return entries().stream()
        .map(entry -> Position.parse(withoutEnding(entry.getFileName().toString())))
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  /** Checkpoints whose names say nothing to this program. */
  List<Path> strangers() {
    return entries().stream()
        .filter(entry -> Files.exists(entry.resolve(Manifest.FILE)))
        .filter(entry -> !entry.getFileName().toString().endsWith(DurableFiles.UNFINISHED))
        .filter(entry -> Position.parse(withoutEnding(entry.getFileName().toString())).isEmpty())
        .toList();
  }

  private static String withoutEnding(String name) {
    return name.endsWith(REPLACED) ? name.substring(0, name.length() - REPLACED.length()) : name;
  }

  private List<Path> entries() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(path, e);
    }
  }
}
