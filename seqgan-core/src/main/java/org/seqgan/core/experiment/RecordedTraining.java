package org.seqgan.core.experiment;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.health.VitalSigns;
import org.seqgan.core.listener.RunListeners;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Checkpointer;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunRecorder;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.SetAside;
import org.seqgan.core.run.StopSignal;

/**
 * Trains an experiment and writes everything down in its run directory: figures, samples,
 * checkpoints, how it stands. It stops where it is told to, and saves where it is. For one thread;
 * closes neither the experiment nor the directory.
 */
public final class RecordedTraining {
  /** Where the virtual machine goes: far more than it takes to come to the end of a batch. */
  public static final Duration GRACE = Duration.ofMinutes(10);

  private final Experiment experiment;
  private final RunDirectory run;
  private final Optional<Checkpoint> resumed;
  private final RunRecorder recorder;
  private Optional<Checkpointer> checkpointer = Optional.empty();
  private RunListeners outside = RunListeners.none();

  /**
   * How training ended.
   *
   * @param finished whether it came to its end; false where it was told to stop
   * @param saved the last checkpoint, where there is one
   * @param signal what told the process to go, where it was a signal
   */
  public record Result(boolean finished, Optional<Position> saved, Optional<StopSignal> signal) {}

  /**
   * Prepares training.
   *
   * @param resumed where to go on; empty for the beginning
   * @param report writes the run's report, as an HTML page
   * @throws org.seqgan.api.UserException of kind {@code RUN_DIRECTORY} where the weights of the
   *     checkpoint do not fit
   */
  public RecordedTraining(
      Experiment experiment,
      RunDirectory run,
      Optional<Checkpoint> resumed,
      Function<RunContents, String> report) {
    this.experiment = experiment;
    this.run = run;
    this.resumed = resumed;
    this.recorder = new RunRecorder(run, report, InstantSource.system(), System::nanoTime);
    resumed.ifPresent(experiment::takeWeights);
    run.scoresNotDue(scoresNotDue());
  }

  /**
   * A run that has ended was measured at its last step. Where it goes on from there, only if a run
   * that was planned longer from the start would have been.
   */
  private Set<String> scoresNotDue() {
    boolean due =
        position().map(last -> last.batch() > 0 || experiment.isEvaluated(last)).orElse(true);
    return due
        ? Set.of()
        : Stream.concat(
                experiment.evaluator().describe(experiment.task()).stream()
                    .map(ScoreDescription::name),
                VitalSigns.OF_EVALUATIONS.stream())
            .collect(Collectors.toSet());
  }

  private Optional<Position> position() {
    return resumed.map(Checkpoint::position);
  }

  /**
   * Hands the run to listeners, too. What they do wrong is told among the warnings of the run, and
   * stops nothing.
   *
   * @param name the run's, for other tools
   * @param chosen with their options
   * @param screen shows a line to the user
   */
  public void tell(
      String name, List<PluginChoice<RunListenerProvider<?>>> chosen, Consumer<String> screen) {
    outside =
        new RunListeners(
            chosen,
            run.layout().root(),
            name,
            experiment.config().settings(),
            message -> {
              recorder.note(message);
              screen.accept(message);
            });
  }

  /** What will be put out of the way in the run directory when training begins. */
  public SetAside setAside() {
    // At the beginning there may be a checkpoint, but nothing that stays.
    return run.asideOf(position().filter(from -> !from.isBeginning()));
  }

  /**
   * Trains to the end, or until it is told to stop.
   *
   * @param remarks what a careful reader of the run should know about where it goes on
   * @param progress hears of everything, after it is written down
   * @param stop asked after every batch; installed before the run directory was made, because from
   *     there on the run says that it is running
   */
  public Result run(List<String> remarks, TrainingListener progress, PoliteStop stop) {
    stop.whenOutOfGrace(recorder::markInterrupted);
    try {
      boolean finished =
          experiment.train(resumed, snapshot -> listener(snapshot, remarks, progress), stop);
      if (!finished) {
        recorder.markInterrupted();
      }
      outside.end(finished ? Outcome.FINISHED : Outcome.INTERRUPTED, "");
      return new Result(finished, checkpointer.flatMap(Checkpointer::saved), stop.signal());
    } catch (RuntimeException | Error e) {
      record(e);
      throw e;
    }
  }

  /** What ended the run counts, whatever ends the record of it. */
  private void record(Throwable failure) {
    try {
      String message = Failure.of(failure).message();
      try {
        recorder.failed(message);
      } finally {
        outside.end(Outcome.FAILED, message);
      }
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** The warnings of the whole run so far. */
  public List<RunStatus.Warning> warnings() {
    return run.status().warnings();
  }

  private TrainingListener listener(
      Checkpointer.Snapshot snapshot, List<String> remarks, TrainingListener progress) {
    Checkpointer saving =
        new Checkpointer(run, snapshot, experiment.config().checkpoint(), System::nanoTime);
    checkpointer = Optional.of(saving);
    return experiment.watch(
        () -> MetricsHistory.read(run.layout().metrics()).measured(),
        saving::saveAfterStep,
        event -> {
          recorder.on(event);
          if (event instanceof TrainingEvent.Started started) {
            Position at = new Position(started.resumedPhase(), started.resumedStep());
            remarks.forEach(remark -> recorder.remark(at, remark));
          }
          saving.on(event);
          progress.on(event);
          outside.on(event);
        });
  }
}
