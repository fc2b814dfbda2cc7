package org.seqgan.core.matrix;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.failure.Failure;

/**
 * Runs cells in this process, one after another, for a program that would rather not start others.
 * A cell that fails costs itself alone, as long as this process survives it; {@link ProcessRunner}
 * has no such condition, and runs several at a time. For one thread.
 */
public final class LocalRunner implements Runner {
  private static final Duration POLL = Duration.ofMillis(100);

  private final CellRun cells;
  private final Resources resources;
  private final Consumer<String> remarks;

  /**
   * A runner.
   *
   * @param cells runs each
   * @param resources what each may use
   * @param remarks hears what a careful reader should know about where an earlier process left off
   */
  public LocalRunner(CellRun cells, Resources resources, Consumer<String> remarks) {
    this.cells = cells;
    this.resources = resources;
    this.remarks = remarks;
  }

  @Override
  public void run(CellQueue queue, CellListener listener, BooleanSupplier stopRequested) {
    try {
      while (!stopRequested.getAsBoolean() && !queue.isOver()) {
        Optional<CellAttempt> attempt = queue.take();
        if (attempt.isPresent()) {
          listener.started(attempt.get().cell());
          run(attempt.get(), queue, listener, stopRequested);
        } else {
          Thread.sleep(POLL.toMillis());
        }
        queue.tend(listener);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(
      CellAttempt attempt, CellQueue queue, CellListener listener, BooleanSupplier stopRequested)
      throws InterruptedException {
    Optional<CellSummary> summary =
        summary(attempt, listener, () -> stopRequested.getAsBoolean() || !attempt.isHeld());
    if (summary.isEmpty()) {
      queue.giveBack(attempt);
      listener.left(attempt.cell());
      return;
    }
    Optional<Boolean> counts = queue.publish(attempt);
    while (counts.isEmpty()) {
      Thread.sleep(POLL.toMillis());
      counts = queue.publish(attempt);
    }
    if (counts.get()) {
      listener.ended(summary.get());
    }
  }

  /** What it came to; empty where it was stopped. */
  private Optional<CellSummary> summary(
      CellAttempt attempt, CellListener listener, BooleanSupplier stopRequested) {
    Cell cell = attempt.cell();
    CellFolder folder = attempt.folder();
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
        CellProgress.of(folder).ifPresent(progress -> listener.progressed(cell, progress));
      }
    };
  }
}
