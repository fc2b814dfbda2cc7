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
 * A run's experiment, opened with one of its checkpoints: with its generator, or everything.
 *
 * @param config the run's configuration
 * @param experiment to be closed
 * @param checkpoint where its parameters come from
 * @param warnings what is not as a reader would expect: a checkpoint that is not the one that was
 *     asked for, a configuration or a plugin that is not the one it was trained with
 */
record TrainedRun(
    ResolvedConfig config, Experiment experiment, Checkpoint checkpoint, List<String> warnings)
    implements AutoCloseable {

  /** What opens an experiment, and takes from a checkpoint what is asked of it. */
  private enum Part {
    GENERATOR {
      @Override
      Experiment open(ResolvedConfig config, PluginRegistry registry) {
        return Experiment.openTrained(config, registry);
      }

      @Override
      void restore(Experiment experiment, Checkpoint checkpoint) {
        experiment.restoreGenerator(checkpoint);
      }
    },
    EVERYTHING {
      @Override
      Experiment open(ResolvedConfig config, PluginRegistry registry) {
        return Experiment.open(config, registry);
      }

      @Override
      void restore(Experiment experiment, Checkpoint checkpoint) {
        experiment.restore(checkpoint);
      }
    };

    abstract Experiment open(ResolvedConfig config, PluginRegistry registry);

    abstract void restore(Experiment experiment, Checkpoint checkpoint);
  }

  /** Opens a run with a checkpoint's generator, and tells its warnings. */
  static TrainedRun open(
      Path root, CheckpointChoice choice, PluginRegistry registry, PrintWriter err) {
    return open(Part.GENERATOR, root, choice, registry, err);
  }

  /** The same with all models, and what trainer and reward remember. */
  static TrainedRun openWhole(
      Path root, CheckpointChoice choice, PluginRegistry registry, PrintWriter err) {
    return open(Part.EVERYTHING, root, choice, registry, err);
  }

  private static TrainedRun open(
      Part part, Path root, CheckpointChoice choice, PluginRegistry registry, PrintWriter err) {
    RunLayout layout = RunLayout.existing(root);
    CheckpointStore.Found found = choice.find(layout);
    Checkpoint checkpoint = found.checkpoint().orElseThrow();
    ResolvedConfig config = ExperimentConfig.load(registry, layout.config().toString(), List.of());
    Experiment experiment = part.open(config, registry);
    try {
      part.restore(experiment, checkpoint);
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
