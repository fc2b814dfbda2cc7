package org.seqgan.core.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Donor;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.run.Lineage;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunSetup;
import org.seqgan.core.run.RunStatus;

/**
 * What a cell need not train, because one of the same seed that has ended has trained the same: the
 * cell begins with the end of the latest such phase. It ends with the same bits either way, so it
 * does not matter which cells happen to have ended.
 */
final class SharedPretraining {
  private SharedPretraining() {}

  /** The end of a phase of another cell. */
  private record Candidate(RunLayout run, Position end) {}

  /**
   * What a cell begins with.
   *
   * @param donor the run of another cell
   * @param seconds what that took up to there
   */
  record Share(Donor donor, double seconds) {}

  /**
   * What to begin with, if there is anything.
   *
   * @param folder of an attempt at a cell that has no run yet
   * @param plain what its run would start with by itself
   * @param remarks hears of a cell that would do, or may, and cannot be read
   */
  static Optional<Share> find(
      CellFolder folder, ResolvedConfig config, RunSetup plain, Consumer<String> remarks) {
    for (Candidate candidate : candidates(folder, config, plain, remarks)) {
      try {
        requireFigures(candidate);
        Donor donor = Donor.at(candidate.run(), candidate.end());
        return Optional.of(new Share(donor, seconds(candidate)));
      } catch (UserException e) {
        remarks.accept(refusal(candidate.run(), e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /** Those of the latest phase first. */
  private static List<Candidate> candidates(
      CellFolder folder, ResolvedConfig config, RunSetup plain, Consumer<String> remarks) {
    List<Candidate> all = new ArrayList<>();
    for (RunLayout run : ended(folder, remarks)) {
      try {
        Donor.sameEnd(run, config, plain, Resources.KEYS)
            .ifPresent(end -> all.add(new Candidate(run, end)));
      } catch (UserException e) {
        remarks.accept(refusal(run, e.getMessage()));
      }
    }
    all.sort(Comparator.comparing(Candidate::end).reversed());
    return all;
  }

  private static String refusal(RunLayout run, String why) {
    return "cannot begin with what %s has trained: %s".formatted(run.root(), why);
  }

  private static void requireFigures(Candidate candidate) {
    Path figures = candidate.run().metrics();
    if (MetricsHistory.read(figures).rows().stream()
        .noneMatch(row -> row.position().equals(candidate.end()))) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected the figures of %s in %s, found none".formatted(candidate.end(), figures));
    }
  }

  /** The runs of the cells of the same seed, by name; none where no matrix is around the cell. */
  private static List<RunLayout> ended(CellFolder folder, Consumer<String> remarks) {
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
          .map(cell -> new CellFolder(cell).run())
          .filter(run -> Files.exists(run.status()))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | UncheckedIOException e) {
      remarks.accept("cannot look for a pre-training in %s: %s".formatted(cells, e.getMessage()));
      return List.of();
    }
  }

  /** Whether a run was to begin with another, and ended before anything of it was saved. */
  static boolean endedBeforeItBegan(RunLayout run) {
    if (!Files.exists(run.status())) {
      return false;
    }
    Lineage lineage = RunStatus.read(run.status()).lineage();
    return lineage.origin().isPresent() && lineage.checkpoint().isEmpty();
  }

  /** With its evaluations; the steps alone where an earlier version wrote down no more. */
  private static double seconds(Candidate candidate) {
    CellFolder folder = new CellFolder(candidate.run().root().getParent());
    Double taken = folder.time().ends().get(candidate.end().name());
    return taken != null
        ? taken
        : MetricsHistory.read(candidate.run().metrics()).rows().stream()
            .filter(row -> row.position().compareTo(candidate.end()) <= 0)
            .mapToDouble(MetricsHistory.Row::seconds)
            .sum();
  }
}
