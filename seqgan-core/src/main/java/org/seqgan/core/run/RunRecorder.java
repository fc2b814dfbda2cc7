package org.seqgan.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Writes a run down as it happens: figures, samples, warnings, how it stands, and a report that is
 * rewritten now and then and at the end.
 *
 * <p>When training resumes, what an earlier process wrote about later steps is dropped, and where
 * it starts from the very beginning, everything is. Put this listener before a {@link
 * Checkpointer}, so that no checkpoint is newer than the figures beside it.
 *
 * <p>Thread-safe: {@link #markInterrupted()} may come on any thread.
 */
public final class RunRecorder implements TrainingListener {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

  private final RunDirectory run;
  private final Function<RunContents, String> report;
  private final InstantSource clock;
  private Instant lastReport = Instant.EPOCH;

  /**
   * A recorder of one run. It does not close the run.
   *
   * @param run where to write
   * @param report writes the report, as an HTML page
   * @param clock tells the times in the files, and when the report is due
   */
  public RunRecorder(RunDirectory run, Function<RunContents, String> report, InstantSource clock) {
    this.run = run;
    this.report = report;
    this.clock = clock;
  }

  @Override
  public synchronized void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      started(started);
    } else if (event instanceof TrainingEvent.Progress progress) {
      run.progress(
          new Position(progress.phase(), Math.max(0, progress.step() - 1)), progress.fraction());
    } else if (event instanceof TrainingEvent.Measured measured) {
      run.measured(measured, clock.instant());
    } else if (event instanceof TrainingEvent.Sampled sampled) {
      run.sampled(sampled);
    } else if (event instanceof TrainingEvent.Warned warned) {
      run.warned(warning(warned), warned.isNews());
    } else if (event instanceof TrainingEvent.StepFinished finished) {
      run.stepFinished(new Position(finished.phase(), finished.step()));
      refreshReportWhenDue();
    } else if (event instanceof TrainingEvent.Finished) {
      run.markFinished();
      refreshReport();
    }
  }

  private static RunStatus.Warning warning(TrainingEvent.Warned warned) {
    return new RunStatus.Warning(
        new Position(warned.phase(), warned.since()),
        new Position(warned.phase(), warned.step()),
        warned.kind(),
        warned.message(),
        warned.times(),
        warned.over());
  }

  private void started(TrainingEvent.Started started) {
    run.plan(started.plan());
    if (isBeginning(started)) {
      run.rewindToStart();
    } else {
      run.rewindTo(new Position(started.resumedPhase(), started.resumedStep()));
    }
    refreshReport();
  }

  private static boolean isBeginning(TrainingEvent.Started started) {
    Phase first =
        started.plan().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .orElse(started.resumedPhase());
    return started.resumedStep() == 0 && started.resumedPhase().compareTo(first) <= 0;
  }

  /**
   * Marks the run as failed, unless it has ended already, and writes the report.
   *
   * @param message why, in a line
   */
  public synchronized void failed(String message) {
    run.markFailed(message);
    refreshReport();
  }

  /** Marks the run as interrupted, unless it has ended already, and writes the report. */
  public synchronized void markInterrupted() {
    run.markInterrupted();
    refreshReport();
  }

  private void refreshReportWhenDue() {
    if (Duration.between(lastReport, clock.instant()).compareTo(REPORT_INTERVAL) >= 0) {
      refreshReport();
    }
  }

  private void refreshReport() {
    lastReport = clock.instant();
    DurableFiles.replace(run.layout().report(), report.apply(RunContents.read(run.layout())));
  }
}
