package org.seqgan.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Saves a checkpoint after a step where enough time has passed since the last one, and after the
 * last step of each phase. Not thread-safe.
 *
 * <p>Put it after the {@link RunRecorder} among the listeners.
 */
public final class Checkpointer implements TrainingListener {
  /** Takes the state of training; called on the training thread, between two steps. */
  @FunctionalInterface
  public interface Snapshot {
    /** The state after a step that is complete. */
    Checkpoint take(Phase phase, int step);
  }

  private final CheckpointStore store;
  private final Snapshot snapshot;
  private final Duration interval;
  private final InstantSource clock;
  private final Map<Phase, Integer> plan = new HashMap<>();
  private Instant last;
  private boolean demanded;

  /**
   * Saves into a store.
   *
   * @param interval the least time between two checkpoints within a phase: the most work that a
   *     kill can cost, but for the step under way
   */
  public Checkpointer(
      CheckpointStore store, Snapshot snapshot, Duration interval, InstantSource clock) {
    this.store = store;
    this.snapshot = snapshot;
    this.interval = interval;
    this.clock = clock;
    this.last = clock.instant();
  }

  /** Saves after the step under way, however short a time has passed. */
  public void saveAfterStep() {
    demanded = true;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      plan.putAll(started.plan());
    } else if (event instanceof TrainingEvent.StepFinished finished && isDue(finished)) {
      store.save(snapshot.take(finished.phase(), finished.step()));
      last = clock.instant();
      demanded = false;
    }
  }

  private boolean isDue(TrainingEvent.StepFinished finished) {
    boolean isLast = finished.step() == plan.getOrDefault(finished.phase(), -1);
    return isLast || demanded || Duration.between(last, clock.instant()).compareTo(interval) >= 0;
  }
}
