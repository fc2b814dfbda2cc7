package org.seqgan.core.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Saves the state of training: where it begins, after a step where enough time has passed since it
 * was saved last, within a step that takes longer than that, after the last step of each phase,
 * after an evaluation that is the best so far, and where training stops. Not thread-safe.
 *
 * <p>Put it after the {@link RunRecorder} among the listeners.
 */
public final class Checkpointer implements TrainingListener {
  /** Takes the state of training; called on the training thread, after a batch. */
  @FunctionalInterface
  public interface Snapshot {
    /** The state as it is now. */
    Checkpoint take();
  }

  private final RunDirectory run;
  private final CheckpointStore store;
  private final Snapshot snapshot;
  private final CheckpointOptions options;
  private final LongSupplier nanoTime;
  private final Map<Phase, Integer> plan = new HashMap<>();
  private Optional<Position> saved = Optional.empty();
  private boolean evaluated;
  private boolean demanded;
  private long lastSave;
  private long stepStart;

  /**
   * Saves into a run.
   *
   * @param nanoTime tells how much time has passed, as {@link System#nanoTime()}: a clock that
   *     nobody sets
   */
  public Checkpointer(
      RunDirectory run, Snapshot snapshot, CheckpointOptions options, LongSupplier nanoTime) {
    this.run = run;
    this.store = run.checkpoints(options.keep());
    this.snapshot = snapshot;
    this.options = options;
    this.nanoTime = nanoTime;
    this.lastSave = nanoTime.getAsLong();
    this.stepStart = lastSave;
  }

  /** Where training was saved last, or went on from; empty before it has begun. */
  public Optional<Position> saved() {
    return saved;
  }

  /** Saves after the step under way, however short a time has passed. */
  public void saveAfterStep() {
    demanded = true;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      plan.putAll(started.plan());
      begin();
    } else if (event instanceof TrainingEvent.Progress) {
      if (hasPassed(lastSave) && hasPassed(stepStart)) {
        save();
      }
    } else if (event instanceof TrainingEvent.Sampled) {
      evaluated = true;
    } else if (event instanceof TrainingEvent.StepFinished finished) {
      if (isDue(finished)) {
        save();
      }
      evaluated = false;
      demanded = false;
      stepStart = nanoTime.getAsLong();
    } else if (event instanceof TrainingEvent.Stopped) {
      save();
    }
  }

  private void begin() {
    Checkpoint first = snapshot.take();
    if (store.positions().contains(first.position())) {
      saved = Optional.of(first.position());
    } else {
      save(first);
    }
  }

  private boolean isDue(TrainingEvent.StepFinished finished) {
    Position position = new Position(finished.phase(), finished.step());
    boolean isLast = finished.step() == plan.getOrDefault(finished.phase(), -1);
    return isLast || demanded || hasPassed(lastSave) || evaluated && isBest(position);
  }

  private boolean hasPassed(long since) {
    return Duration.ofNanos(nanoTime.getAsLong() - since).compareTo(options.interval()) >= 0;
  }

  private boolean isBest(Position position) {
    return best(position).equals(Optional.of(position));
  }

  /** The best of the evaluations that have a checkpoint, or will have one. */
  private Optional<Position> best(Position next) {
    if (!options.best()) {
      return Optional.empty();
    }
    List<Position> candidates = store.positions();
    MetricsHistory history = MetricsHistory.read(run.layout().metrics());
    return new Ranking(run.status().description().metrics(), history)
        .bestFirst(position -> position.equals(next) || candidates.contains(position)).stream()
            .findFirst();
  }

  private void save() {
    save(snapshot.take());
  }

  private void save(Checkpoint checkpoint) {
    Position position = checkpoint.position();
    if (!saved.equals(Optional.of(position))) {
      Set<Position> kept = best(position).map(Set::of).orElse(Set.of());
      store.save(checkpoint.with(run.recipe()), kept);
      saved = Optional.of(position);
      run.checkpointed(position);
    }
    lastSave = nanoTime.getAsLong();
  }
}
