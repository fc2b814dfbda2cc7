package org.seqgan.core.checked;

import java.util.Optional;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.core.registry.PluginOrigin;

/** A plugin's trainer, checked. What ends training passes through it. */
public final class CheckedTrainer implements Trainer {
  private final Trainer trainer;
  private final PluginOrigin origin;

  /**
   * Checks a trainer.
   *
   * @param origin the plugin that made it
   */
  public CheckedTrainer(Trainer trainer, PluginOrigin origin) {
    this.trainer = trainer;
    this.origin = origin;
  }

  @Override
  public void begin(String phase) {
    origin.run("begin", () -> trainer.begin(phase));
  }

  @Override
  public void step(String phase, int number, Progress progress) {
    Optional<TrainingStoppedException> stopped =
        origin.call(
            "step",
            () -> {
              try {
                trainer.step(phase, number, progress);
                return Optional.empty();
              } catch (TrainingStoppedException e) {
                return Optional.of(e);
              }
            });
    if (stopped.isPresent()) {
      throw stopped.get();
    }
  }

  @Override
  public NamedArrays state() {
    return origin.call("state", trainer::state);
  }

  @Override
  public void setState(NamedArrays state) {
    origin.run("setState", () -> trainer.setState(state));
  }
}
