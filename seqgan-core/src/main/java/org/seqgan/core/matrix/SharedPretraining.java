package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.experiment.Donor;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunSetup;

/**
 * What a cell need not train, because one of the same seed that is done has trained the same: the
 * cell begins with the end of the latest such phase. It ends with the same bits either way, so it
 * does not matter which cells happen to be done.
 */
final class SharedPretraining {
  private SharedPretraining() {}

  /**
   * The cell to begin with, if there is one.
   *
   * @param folder of an attempt at a cell that has no run yet
   * @param plain what its run would start with by itself
   * @param remarks hears of a cell that would do and cannot be read
   */
  static Optional<Donor> find(
      CellFolder folder, ResolvedConfig config, RunSetup plain, Consumer<String> remarks) {
    Optional<Donor> best = Optional.empty();
    for (CellFolder done : done(folder)) {
      try {
        Optional<Donor> found = Donor.ofTheSame(done.run(), config, plain, Resources.KEYS);
        if (found.isPresent() && isLater(found.get().phase(), best.map(Donor::phase))) {
          best = found;
        }
      } catch (UserException e) {
        remarks.accept(
            "cannot begin with what %s has trained: %s"
                .formatted(done.root().getFileName(), e.getMessage()));
      }
    }
    return best;
  }

  private static boolean isLater(Phase phase, Optional<Phase> best) {
    return best.isEmpty() || phase.compareTo(best.get()) > 0;
  }

  /** The cells of the same seed that are done, by name; none where no matrix is around the cell. */
  private static List<CellFolder> done(CellFolder folder) {
    Path root = folder.root().toAbsolutePath();
    if (Attempt.ofFolder(String.valueOf(root.getFileName())).isEmpty()) {
      return List.of();
    }
    Path cells = new MatrixLayout(root.getParent().getParent()).cells();
    String seed = Cell.seedEnding(folder.cell().seed());
    try (Stream<Path> entries = Files.list(cells)) {
      return entries
          .filter(entry -> entry.getFileName().toString().endsWith(seed))
          .sorted()
          .map(CellFolder::new)
          .filter(cell -> cell.summary().filter(end -> end.state() == CellState.DONE).isPresent())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(cells, e);
    }
  }
}
