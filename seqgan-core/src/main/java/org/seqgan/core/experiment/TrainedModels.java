package org.seqgan.core.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.run.Checkpoint;

/** The models of a checkpoint as {@link TrainedParts}, for a format to write. */
public final class TrainedModels {
  private TrainedModels() {}

  /**
   * The generator of a checkpoint, and its discriminator where the trainer has one.
   *
   * @param config of the run
   * @param task of the run, opened
   * @throws UserException of kind {@code RUN_DIRECTORY} where the checkpoint has no generator
   */
  public static TrainedParts of(ResolvedConfig config, Task task, Checkpoint checkpoint) {
    Part generator =
        part(checkpoint, TrainerContext.GENERATOR, PluginKind.GENERATOR, config.generator(), config)
            .orElseThrow(
                () ->
                    new UserException(
                        UserException.Kind.RUN_DIRECTORY,
                        "checkpoint %s has no generator; choose another by --step"
                            .formatted(checkpoint.position().name())));
    Optional<Part> discriminator =
        config.uses(TrainerPart.DISCRIMINATOR)
            ? part(
                checkpoint,
                TrainerContext.DISCRIMINATOR,
                PluginKind.DISCRIMINATOR,
                config.discriminator(),
                config)
            : Optional.empty();
    Vocabulary vocabulary = task.data().vocabulary();
    return new TrainedParts(
        Optional.of(generator),
        discriminator,
        vocabulary.size(),
        vocabulary.endToken(),
        OptionalInt.of(task.data().sequenceLength()),
        config.settings());
  }

  private static Optional<Part> part(
      Checkpoint checkpoint,
      String model,
      PluginKind kind,
      PluginChoice<? extends Provider<?>> choice,
      ResolvedConfig config) {
    NamedArrays parameters = checkpoint.models().get(model);
    return Optional.ofNullable(parameters)
        .map(
            arrays ->
                new Part(
                    choice.provider().about().name(), options(config, kind.section()), arrays));
  }

  private static Map<String, String> options(ResolvedConfig config, String section) {
    Map<String, String> options = new LinkedHashMap<>();
    config
        .settings()
        .forEach(
            (key, value) -> {
              if (key.startsWith(section + ".") && !key.equals(section + ".name")) {
                options.put(key.substring(section.length() + 1), value);
              }
            });
    return options;
  }
}
