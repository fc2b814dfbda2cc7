package org.seqgan.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.RunLayout;

/**
 * A run's experiment, opened with the generator of one of its checkpoints.
 *
 * @param config the run's configuration
 * @param experiment to be closed
 * @param checkpoint where its generator comes from
 */
record TrainedRun(ResolvedConfig config, Experiment experiment, Checkpoint checkpoint)
    implements AutoCloseable {

  /**
   * Opens a run; the checkpoint is the latest unless one is named, such as {@code adversarial-60}.
   */
  static TrainedRun open(Path root, Optional<String> checkpointName, PluginRegistry registry) {
    RunLayout layout = RunLayout.existing(root);
    CheckpointStore store = new CheckpointStore(layout.checkpoints(), 1);
    Checkpoint checkpoint =
        checkpointName
            .map(store::load)
            .or(() -> store.latest().checkpoint())
            .orElseThrow(
                () ->
                    new UserException(
                        UserException.Kind.RUN_DIRECTORY,
                        root
                            + " has no checkpoint yet: let it train longer, or resume it with"
                            + " seqgan train --resume --run "
                            + root));
    ResolvedConfig config = ExperimentConfig.load(registry, layout.config().toString(), List.of());
    Experiment experiment = Experiment.openTrained(config, registry);
    experiment.restoreGenerator(checkpoint);
    return new TrainedRun(config, experiment, checkpoint);
  }

  @Override
  public void close() {
    experiment.close();
  }
}
