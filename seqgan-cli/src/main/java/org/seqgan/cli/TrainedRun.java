package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.training.TrainerContext;
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
 *     asked for, a configuration or a plugin that is not the one it was trained with, a
 *     discriminator that has learnt nothing
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
      List<String> restore(Experiment experiment, Checkpoint checkpoint) {
        experiment.restoreGenerator(checkpoint);
        return List.of();
      }
    },
    EVERYTHING {
      @Override
      Experiment open(ResolvedConfig config, PluginRegistry registry) {
        return Experiment.open(config, registry);
      }

      @Override
      List<String> restore(Experiment experiment, Checkpoint checkpoint) {
        Optional<Discriminator> judge =
            experiment.model(TrainerContext.DISCRIMINATOR, Discriminator.class);
        Optional<NamedArrays> first = judge.map(Discriminator::parameters);
        experiment.restoreForRewards(checkpoint);
        return judge
            .map(Discriminator::parameters)
            .filter(now -> first.filter(then -> haveSameNumbers(then, now)).isPresent())
            .map(
                now ->
                    "the discriminator of checkpoint %s has had no lesson: what it says of sequences is what its first parameters, drawn at random, say; choose a later checkpoint, or read nothing into it"
                        .formatted(checkpoint.position().name()))
            .stream()
            .toList();
      }
    };

    abstract Experiment open(ResolvedConfig config, PluginRegistry registry);

    /** Takes it, and tells what a reader would not expect of it, in a line each. */
    abstract List<String> restore(Experiment experiment, Checkpoint checkpoint);

    private static boolean haveSameNumbers(NamedArrays some, NamedArrays others) {
      return some.names().stream()
          .allMatch(name -> Arrays.equals(some.get(name).values(), others.get(name).values()));
    }
  }

  /** Opens a run with a checkpoint's generator, and tells its warnings. */
  static TrainedRun open(
      Path root, CheckpointChoice choice, PluginRegistry registry, PrintWriter err) {
    return open(Part.GENERATOR, root, choice, registry, err);
  }

  /**
   * The same with all models where a reward would find them, and what trainer and reward remember.
   */
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
      List<String> ofPart = part.restore(experiment, checkpoint);
      List<String> warnings = new ArrayList<>(found.warnings());
      warnings.addAll(ofPart);
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
