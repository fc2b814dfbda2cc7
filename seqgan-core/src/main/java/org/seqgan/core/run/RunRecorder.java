package org.seqgan.core.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Writes a run down as it happens: figures, samples, warnings, how it stands, and a report that is
 * rewritten now and then and at the end.
 *
 * <p>When training resumes, what an earlier process wrote about later steps is set aside, and where
 * it starts from the very beginning, everything is. Put this listener before a {@link
 * Checkpointer}, so that no checkpoint is newer than the figures beside it.
 *
 * <p>Thread-safe: {@link #markInterrupted()} may come on any thread.
 */
public final class RunRecorder implements TrainingListener {
  private static final long REPORT_INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final long PROGRESS_INTERVAL = Duration.ofSeconds(1).toNanos();

  private final RunDirectory run;
  private final Function<RunContents, String> report;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private long lastReport;
  private long lastStatus;

  /**
   * A recorder of one run. It does not close the run.
   *
   * @param run where to write
   * @param report writes the report, as an HTML page
   * @param clock tells the times in the files
   * @param nanoTime tells when a file is due, as {@link System#nanoTime()}: a clock that nobody
   *     sets
   */
  public RunRecorder(
      RunDirectory run,
      Function<RunContents, String> report,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.run = run;
    this.report = report;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      started(started);
    } else if (event instanceof TrainingEvent.Progress progress) {
      progressed(progress);
    } else if (event instanceof TrainingEvent.Measured measured) {
      run.measured(measured, clock.instant());
    } else if (event instanceof TrainingEvent.Sampled sampled) {
      run.sampled(sampled);
    } else if (event instanceof TrainingEvent.Warned warned) {
      run.warned(warning(warned), warned.isNews());
    } else if (event instanceof TrainingEvent.StepFinished finished) {
      run.stepFinished(new Position(finished.phase(), finished.step()));
      lastStatus = nanoTime.getAsLong();
      refreshReportWhenDue();
    } else if (event instanceof TrainingEvent.Finished) {
      run.markFinished();
      refreshReport();
    }
  }

  /** Writes a remark about where the run begins or goes on among its warnings. */
  public synchronized void remark(Position position, String message) {
    run.warned(RunStatus.Warning.remark(position, message), true);
  }

  /**
   * Writes what is said of a run beside its training among its warnings, where training has begun;
   * after its end too, and then into the report.
   */
  public synchronized void note(String message) {
    if (run.hasBegun()) {
      RunStatus status = run.status();
      run.warned(RunStatus.Warning.remark(status.position(), message), true);
      if (status.state() != RunStatus.State.RUNNING) {
        refreshReport();
      }
    }
  }

  private static RunStatus.Warning warning(TrainingEvent.Warned warned) {
    return new RunStatus.Warning(
        new Position(warned.phase(), warned.since()),
        new Position(warned.phase(), warned.step()),
        Optional.of(warned.kind()),
        warned.message(),
        warned.times(),
        warned.over());
  }

  private void started(TrainingEvent.Started started) {
    Position position =
        new Position(started.resumedPhase(), started.resumedStep(), started.resumedBatch());
    run.begin(started.plan(), Optional.of(position).filter(from -> !from.isBeginning()));
    lastStatus = nanoTime.getAsLong();
    refreshReport();
  }

  private void progressed(TrainingEvent.Progress progress) {
    long now = nanoTime.getAsLong();
    if (now - lastStatus >= PROGRESS_INTERVAL) {
      lastStatus = now;
      run.progress(
          new Position(progress.phase(), Math.max(0, progress.step() - 1)), progress.fraction());
    }
  }

  /**
   * Marks the run as failed, unless it has ended already, and writes the report. A run that was
   * there before and in which training has not begun stays as it was.
   *
   * @param message why, in a line
   */
  public synchronized void failed(String message) {
    if (run.hasBegun()) {
      run.markFailed(message);
      refreshReport();
    }
  }

  /** Marks the run as interrupted, unless it has ended already, and writes the report. */
  public synchronized void markInterrupted() {
    if (run.hasBegun()) {
      run.markInterrupted();
      refreshReport();
    }
  }

  private void refreshReportWhenDue() {
    if (nanoTime.getAsLong() - lastReport >= REPORT_INTERVAL) {
      refreshReport();
    }
  }

  private void refreshReport() {
    lastReport = nanoTime.getAsLong();
    DurableFiles.replace(run.layout().report(), report.apply(RunContents.read(run.layout())));
  }
}
