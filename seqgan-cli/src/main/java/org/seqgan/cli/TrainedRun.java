package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.experiment.TrainedWith;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointChoice;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.RunLayout;

/**
 * A run's experiment, opened with the generator of one of its checkpoints.
 *
 * @param config the run's configuration
 * @param experiment to be closed
 * @param checkpoint where its generator comes from
 * @param warnings what is not as a reader would expect: a checkpoint that is not the one that was
 *     asked for, a configuration or a plugin that is not the one it was trained with
 */
record TrainedRun(
    ResolvedConfig config, Experiment experiment, Checkpoint checkpoint, List<String> warnings)
    implements AutoCloseable {

  /** Opens a run with a checkpoint, and tells its warnings. */
  static TrainedRun open(
      Path root, CheckpointChoice choice, PluginRegistry registry, PrintWriter err) {
    RunLayout layout = RunLayout.existing(root);
    CheckpointStore.Found found = choice.find(layout);
    Checkpoint checkpoint = found.checkpoint().orElseThrow();
    ResolvedConfig config = ExperimentConfig.load(registry, layout.config().toString(), List.of());
    Experiment experiment = Experiment.openTrained(config, registry);
    try {
      experiment.restoreGenerator(checkpoint);
      List<String> warnings = new ArrayList<>(found.warnings());
      warnings.addAll(TrainedWith.differences(checkpoint, experiment, registry));
      warnings.forEach(warning -> err.println("seqgan: " + warning));
      return new TrainedRun(config, experiment, checkpoint, List.copyOf(warnings));
    } catch (RuntimeException | Error e) {
      experiment.close();
      throw e;
    }
  }

  /** The checkpoint, as a person names it. */
  String checkpointName() {
    return checkpoint.position().name();
  }

  @Override
  public void close() {
    experiment.close();
  }
}
