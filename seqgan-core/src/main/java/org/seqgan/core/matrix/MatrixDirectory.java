package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.io.ExclusiveLock;
import org.seqgan.core.run.DurableFiles;

/**
 * The directory of a matrix: {@code plan.json}, a {@linkplain CellFolder folder} for each cell
 * below {@code cells/}, and what is made of the results. While it is open no other process can open
 * it. For one thread.
 */
public final class MatrixDirectory implements AutoCloseable {
  private final MatrixLayout layout;
  private final Plan plan;
  private final ExclusiveLock lock;

  private MatrixDirectory(Path root, Plan plan, ExclusiveLock lock) {
    this.layout = new MatrixLayout(root);
    this.plan = plan;
    this.lock = lock;
  }

  /**
   * A new directory for a plan.
   *
   * @param root made with its parents, may be there and empty
   * @throws UserException of kind {@code RUN_DIRECTORY} where something is there already
   */
  public static MatrixDirectory create(Path root, Plan plan) {
    requireVacant(root);
    try {
      Files.createDirectories(root);
      return writing(plan, new MatrixDirectory(root, plan, lock(root)));
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /**
   * Fails where {@link #create} would because something is there already.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}
   */
  public static void requireVacant(Path root) {
    if (!isVacant(root)) {
      throw runDirectory(
          "%s exists already: use --resume to go on, or another --out".formatted(root));
    }
  }

  /**
   * A directory to go on with. What the cells are compared by may have changed: it makes no cell
   * another.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none, another process uses
   *     it, or it was made for another plan
   */
  public static MatrixDirectory resume(Path root, Plan plan) {
    if (!Files.isDirectory(root)) {
      throw runDirectory(
          "expected the directory of a matrix to resume at %s, found none; start it without --resume"
              .formatted(root));
    }
    if (isVacant(root)) {
      // It was killed before it had written its plan.
      return create(root, plan);
    }
    MatrixLayout layout = new MatrixLayout(root);
    if (!Files.exists(layout.planFile())) {
      throw runDirectory(
          "expected the directory of a matrix to resume at %s, found no %s in it; check --out"
              .formatted(root, layout.planFile().getFileName()));
    }
    Plan old = layout.plan();
    Optional<String> difference = old.difference(plan);
    if (difference.isPresent()) {
      throw runDirectory(
          "%s was made for another matrix: %s; take the change back, or choose another --out"
              .formatted(root, difference.get()));
    }
    try {
      MatrixDirectory directory = new MatrixDirectory(root, plan, lock(root));
      return old.equals(plan) ? directory : writing(plan, directory);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /** A directory with its plan written; lets go of it where that cannot be done. */
  private static MatrixDirectory writing(Plan plan, MatrixDirectory directory) {
    try {
      Records.write(directory.layout.planFile(), plan);
      return directory;
    } catch (UserException e) {
      directory.close();
      throw e;
    }
  }

  private static boolean isVacant(Path root) {
    if (!Files.isDirectory(root)) {
      return !Files.exists(root);
    }
    String plan = String.valueOf(new MatrixLayout(root).planFile().getFileName());
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .allMatch(name -> name.equals(MatrixLayout.LOCK) || name.startsWith(plan + "."));
    } catch (IOException e) {
      throw DurableFiles.cannotRead(root, e);
    }
  }

  private static ExclusiveLock lock(Path root) throws IOException {
    return ExclusiveLock.tryAcquire(root.resolve(MatrixLayout.LOCK))
        .orElseThrow(
            () ->
                runDirectory(
                    "%s is being written by another process; wait for it to end, or choose another --out"
                        .formatted(root)));
  }

  /**
   * Keeps the matrix file that the plan was made of, for who asked for the matrix without one.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  public void keep(String file) {
    DurableFiles.replace(layout.file(), file);
  }

  /** The directory itself. */
  public Path root() {
    return layout.root();
  }

  /** The folder of a cell. */
  public CellFolder folder(Cell cell) {
    return layout.folder(cell);
  }

  /** The table of cells, for other programs. */
  public Path csv() {
    return layout.csv();
  }

  /** The table of methods, with statistics over seeds, for other programs. */
  public Path summaryCsv() {
    return layout.summaryCsv();
  }

  /** The report. */
  public Path report() {
    return layout.report();
  }

  /** How a cell stands that nobody runs at the moment. */
  public CellSummary summary(Cell cell) {
    return folder(cell).summary().orElseGet(() -> CellSummary.waiting(cell));
  }

  /** The cells that have no result yet, in order. */
  public List<Cell> missing() {
    return plan.cells().stream().filter(cell -> summary(cell).state() != CellState.DONE).toList();
  }

  /** All that there is so far. */
  public MatrixResults results() {
    List<CellHistory> cells = new ArrayList<>();
    List<Map<String, Double>> anchors = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      cells.add(new CellHistory(summary(cell), folder(cell).points()));
      anchors.add(folder(cell).anchors());
    }
    return new Gathering(plan, cells, anchors).results();
  }

  private static UserException runDirectory(String message) {
    return new UserException(UserException.Kind.RUN_DIRECTORY, message);
  }

  /** Lets others open the directory. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.root(), e);
    }
  }
}
