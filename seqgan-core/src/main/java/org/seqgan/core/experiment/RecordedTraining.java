package org.seqgan.core.experiment;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.Checkpointer;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunRecorder;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.StopOnShutdown;

/**
 * Trains an experiment and writes everything down in its run directory: figures, samples,
 * checkpoints, how it stands. It stops where the process is told to go. For one thread; closes
 * neither the experiment nor the directory.
 */
public final class RecordedTraining {
  private static final int KEEP_CHECKPOINTS = 2;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Experiment experiment;
  private final RunDirectory run;
  private final RunRecorder recorder;
  private final CheckpointStore checkpoints;

  /**
   * Prepares training.
   *
   * @param report writes the run's report, as an HTML page
   */
  public RecordedTraining(
      Experiment experiment, RunDirectory run, Function<RunContents, String> report) {
    this.experiment = experiment;
    this.run = run;
    this.recorder = new RunRecorder(run, report, InstantSource.system());
    this.checkpoints = run.checkpoints(KEEP_CHECKPOINTS);
  }

  /** Where an earlier process left off; damaged checkpoints are passed over, with a warning. */
  public CheckpointStore.Latest latest() {
    return checkpoints.latest();
  }

  /**
   * Trains to the end.
   *
   * @param resumed where to go on; empty for the beginning
   * @param progress hears of everything, after it is written down
   * @return whether training came to its end; false where the process was told to go
   */
  public boolean run(Optional<Checkpoint> resumed, TrainingListener progress) {
    try (StopOnShutdown stop = StopOnShutdown.install(recorder::markInterrupted, GRACE)) {
      boolean finished = experiment.train(resumed, snapshot -> listener(snapshot, progress), stop);
      if (!finished) {
        recorder.markInterrupted();
      }
      return finished;
    } catch (RuntimeException | Error e) {
      record(e);
      throw e;
    }
  }

  /** What ended the run counts, whatever ends the record of it. */
  private void record(Throwable failure) {
    try {
      recorder.failed(Failure.of(failure).message());
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** The warnings of the whole run so far. */
  public List<RunStatus.Warning> warnings() {
    return run.status().warnings();
  }

  private TrainingListener listener(Checkpointer.Snapshot snapshot, TrainingListener progress) {
    Checkpointer checkpointer =
        new Checkpointer(checkpoints, snapshot, CHECKPOINT_INTERVAL, InstantSource.system());
    return experiment.watch(
        () -> MetricsHistory.read(run.layout().metrics()).measured(),
        checkpointer::saveAfterStep,
        event -> {
          recorder.on(event);
          checkpointer.on(event);
          progress.on(event);
        });
  }
}
