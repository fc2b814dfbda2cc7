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
 * A run's experiment, opened with one of its checkpoints: all models where a reward would find
 * them, and what trainer and reward remember. Who needs the generator alone opens an {@link
 * org.seqgan.core.portable.OpenModel}.
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

  /** Opens a run with a checkpoint, and tells its warnings. */
  static TrainedRun openWhole(
      Path root, CheckpointChoice choice, PluginRegistry registry, PrintWriter err) {
    RunLayout layout = RunLayout.existing(root);
    CheckpointStore.Found found = choice.find(layout);
    Checkpoint checkpoint = found.checkpoint().orElseThrow();
    ResolvedConfig config = ExperimentConfig.load(registry, layout.config().toString(), List.of());
    Experiment experiment = Experiment.open(config, registry);
    try {
      List<String> warnings = new ArrayList<>(found.warnings());
      warnings.addAll(restore(experiment, checkpoint));
      warnings.addAll(TrainedWith.differences(checkpoint, experiment, registry));
      warnings.forEach(warning -> err.println("seqgan: " + warning));
      return new TrainedRun(config, experiment, checkpoint, List.copyOf(warnings));
    } catch (RuntimeException | Error e) {
      experiment.close();
      throw e;
    }
  }

  /** Takes what the checkpoint has, and tells what a reader would not expect, in a line each. */
  private static List<String> restore(Experiment experiment, Checkpoint checkpoint) {
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

  private static boolean haveSameNumbers(NamedArrays some, NamedArrays others) {
    return some.names().stream()
        .allMatch(name -> Arrays.equals(some.get(name).values(), others.get(name).values()));
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
