package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folders of the checkpoints: how they come to be and go, each in one step.
 *
 * @param path the folder they are in, which need not be there yet
 */
record CheckpointFolder(Path path) {
  private static final String REPLACED = ".old";

  /** Where the checkpoint of a step lies. */
  Path place(Position position) {
    return path.resolve(position.label());
  }

  /** Where it is written. */
  Path unfinished(Position position) {
    return path.resolve(position.label() + DurableFiles.UNFINISHED);
  }

  /** Moves what was written to its place. */
  void publish(Position position) throws IOException {
    Path target = place(position);
    Path replaced = path.resolve(position.label() + REPLACED);
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
        restore(entry, path.resolve(name.substring(0, name.length() - REPLACED.length())));
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

  /** Deletes all but the checkpoints of some positions. */
  void keep(Predicate<Position> kept) throws IOException {
    for (Position position : positions()) {
      if (!kept.test(position)) {
        // Out of sight first: half a checkpoint is not to be taken for a damaged one.
        Path doomed = unfinished(position);
        DurableFiles.delete(doomed);
        move(place(position), doomed);
        DurableFiles.delete(doomed);
      }
    }
  }

  /** Which steps have a checkpoint, the earliest first. */
  List<Position> positions() {
    return entries().stream()
        .map(entry -> Position.parse(entry.getFileName().toString()))
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  private List<Path> entries() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(path, e);
    }
  }
}
