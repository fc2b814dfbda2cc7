package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;

/**
 * The attempts at a cell before one. Their processes are gone, or do not know yet that they have
 * lost the cell and write on; so what there is of use is copied, and nothing of it is changed.
 *
 * @param folder that of the attempt
 * @param earlier those of the others, the last first
 */
record EarlierAttempts(CellFolder folder, List<CellFolder> earlier) {
  private static final String LOCK = ".lock";
  private static final String UNFINISHED = ".tmp";
  private static final int TRIES = 5;

  static EarlierAttempts of(CellFolder folder) {
    List<CellFolder> earlier = new ArrayList<>();
    Optional<Attempt> attempt = Attempt.ofFolder(String.valueOf(folder.root().getFileName()));
    for (Optional<Attempt> each = attempt.map(Attempt::before);
        each.isPresent() && each.get().number() > 0;
        each = each.map(Attempt::before)) {
      earlier.add(new CellFolder(folder.root().resolveSibling(each.get().name())));
    }
    return new EarlierAttempts(folder, earlier);
  }

  /** The last that got as far as being described. */
  Optional<CellFolder> last() {
    return earlier.stream().filter(CellFolder::isPrepared).findFirst();
  }

  /**
   * Goes on with the run of the last attempt that has one; without one, training starts from the
   * beginning, which gives the same.
   */
  void takeOverRun() {
    Path run = folder.run().root();
    if (Files.exists(run)) {
      return;
    }
    try {
      for (int i = 0; i < earlier.size(); i++) {
        if (Files.exists(earlier.get(i).run().config())) {
          if (copy(earlier.get(i).run(), run)) {
            forgetRuns(earlier.subList(i + 1, earlier.size()));
          }
          return;
        }
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(run, e);
    }
  }

  /** Deletes the runs of all of them. */
  void forgetRuns() throws IOException {
    forgetRuns(earlier);
  }

  /**
   * What is older than what was copied is of no more use. The folders themselves stay: whoever was
   * in one must not come upon another attempt in its place.
   */
  private static void forgetRuns(List<CellFolder> older) throws IOException {
    for (CellFolder one : older) {
      DurableFiles.delete(one.run().root());
    }
  }

  /** Whether there is a run afterwards that training can go on with. */
  private static boolean copy(RunLayout from, Path to) throws IOException {
    Path unfinished = to.resolveSibling(to.getFileName() + UNFINISHED);
    for (int i = 0; i < TRIES; i++) {
      DurableFiles.delete(unfinished);
      RunLayout copied = new RunLayout(unfinished);
      Files.createDirectories(unfinished);
      // Checkpoints first: figures that are newer are set aside, older ones would be missing.
      boolean hadNone = names(from.checkpoints()).isEmpty();
      copyCheckpoints(from.checkpoints(), copied.checkpoints());
      if (hadNone || !names(copied.checkpoints()).isEmpty()) {
        copyRest(from.root(), unfinished, from.checkpoints());
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
    }
    DurableFiles.delete(unfinished);
    return false;
  }

  /** Each whole or not at all: a process that writes on deletes some. */
  private static void copyCheckpoints(Path from, Path to) throws IOException {
    for (Path checkpoint : names(from)) {
      Path target = to.resolve(checkpoint.getFileName());
      try {
        Files.createDirectories(target);
        for (Path file : names(checkpoint)) {
          copyFile(file, target.resolve(file.getFileName()));
        }
      } catch (NoSuchFileException e) {
        DurableFiles.delete(target);
        continue;
      }
      if (!Files.exists(checkpoint)) {
        DurableFiles.delete(target);
      }
    }
  }

  private static void copyRest(Path from, Path to, Path except) throws IOException {
    Files.createDirectories(to);
    for (Path entry : names(from)) {
      Path target = to.resolve(entry.getFileName());
      if (entry.equals(except)) {
        continue;
      }
      try {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          copyRest(entry, target, except);
        } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          copyFile(entry, target);
        }
      } catch (NoSuchFileException e) {
        continue; // it went meanwhile
      }
    }
  }

  private static List<Path> names(Path folder) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.equals(LOCK) && !name.endsWith(UNFINISHED)) {
          names.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return names;
  }

  private static void copyFile(Path from, Path to) throws IOException {
    try (FileChannel in =
        FileChannel.open(from, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.replace(
          to,
          out -> {
            long size = in.size();
            for (long done = 0; done < size; ) {
              long moved = in.transferTo(done, size - done, out);
              if (moved <= 0) {
                break; // it was cut off meanwhile
              }
              done += moved;
            }
          });
    }
  }
}
