package org.seqgan.core.matrix;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.run.RunStatus;

/**
 * Runs cells in this process, one after another, for a program that would rather not start others.
 * A cell that fails costs itself alone, as long as this process survives it; {@link ProcessRunner}
 * has no such condition, and runs several at a time. For one thread.
 */
public final class LocalRunner implements Runner {
  private final MatrixDirectory directory;
  private final CellRun cells;
  private final Resources resources;
  private final Consumer<String> remarks;

  /**
   * A runner for the cells of a directory.
   *
   * @param cells runs each
   * @param resources what each may use
   * @param remarks hears what a careful reader should know about where an earlier process left off
   */
  public LocalRunner(
      MatrixDirectory directory, CellRun cells, Resources resources, Consumer<String> remarks) {
    this.directory = directory;
    this.cells = cells;
    this.resources = resources;
    this.remarks = remarks;
  }

  @Override
  public void run(List<Cell> planned, CellListener listener, BooleanSupplier stopRequested) {
    for (Cell cell : planned) {
      if (stopRequested.getAsBoolean()) {
        return;
      }
      CellFolder folder = directory.folder(cell);
      folder.prepare(cell);
      listener.started(cell);
      run(cell, folder, listener, stopRequested).ifPresent(listener::ended);
    }
  }

  /** What it came to; empty where it was stopped. */
  private Optional<CellSummary> run(
      Cell cell, CellFolder folder, CellListener listener, BooleanSupplier stopRequested) {
    try {
      return cells
          .runUntil(folder, resources, telling(cell, folder, listener), remarks, stopRequested)
          .summary();
    } catch (RuntimeException e) {
      String reason = "cell %s failed: %s".formatted(cell.id(), Failure.of(e).message());
      CellSummary failed = CellSummary.failed(cell, reason, folder.seconds());
      folder.write(failed);
      return Optional.of(failed);
    }
  }

  private static TrainingListener telling(Cell cell, CellFolder folder, CellListener listener) {
    return event -> {
      if (event instanceof TrainingEvent.StepFinished) {
        listener.progressed(cell, CellProgress.of(RunStatus.read(folder.run().status())));
      }
    };
  }
}
