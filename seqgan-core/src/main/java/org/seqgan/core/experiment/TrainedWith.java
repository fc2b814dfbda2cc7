package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;

/**
 * Compares an experiment that is opened to look at a checkpoint with what the checkpoint was
 * trained with. Of the options those count that say what it writes: those of task and generator.
 */
public final class TrainedWith {
  private TrainedWith() {}

  /** A line for each difference; none where nothing is known of how it was trained. */
  public static List<String> differences(
      Checkpoint checkpoint, Experiment experiment, PluginRegistry registry) {
    ResolvedConfig config = experiment.config();
    List<Difference> differences = new ArrayList<>();
    checkpoint
        .recipe()
        .ifPresent(
            recipe -> {
              differences.addAll(
                  Difference.ofConfig(
                      recipe.config(),
                      config,
                      key -> key.startsWith("task.") || key.startsWith("generator.")));
              differences.addAll(
                  Difference.ofJars(
                      recipe.jars(), RunDescriptions.jars(config, experiment.task(), registry)));
            });
    return differences.stream()
        .map(
            difference ->
                "checkpoint %s was trained with something else: %s"
                    .formatted(checkpoint.position().name(), difference))
        .toList();
  }
}
