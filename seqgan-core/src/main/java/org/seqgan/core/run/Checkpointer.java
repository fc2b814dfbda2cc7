package org.seqgan.core.run;

import java.util.HashMap;
import java.util.Map;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Saves a checkpoint after every n-th step of a phase and after its last. Not thread-safe.
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
  private final int every;
  private final Map<Phase, Integer> plan = new HashMap<>();

  /**
   * Saves into a store.
   *
   * @param every n, at least 1
   */
  public Checkpointer(CheckpointStore store, Snapshot snapshot, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("every is " + every + ", expected at least 1");
    }
    this.store = store;
    this.snapshot = snapshot;
    this.every = every;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      plan.putAll(started.plan());
    } else if (event instanceof TrainingEvent.StepFinished finished && isDue(finished)) {
      store.save(snapshot.take(finished.phase(), finished.step()));
    }
  }

  private boolean isDue(TrainingEvent.StepFinished finished) {
    Integer last = plan.get(finished.phase());
    return finished.step() % every == 0 || (last != null && finished.step() == last);
  }
}
