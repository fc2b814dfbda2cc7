package org.seqgan.core.experiment;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;
import org.seqgan.api.model.Model;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunSetup;

/**
 * Makes a run of models that were trained elsewhere: it can be sampled from and evaluated, and a
 * new run can begin with it ({@code train --from}).
 *
 * @param source where the models come from, for messages
 * @param parts the models
 * @param notation what their tokens are, where the format tells it
 */
public record ImportedModels(Path source, TrainedParts parts, Optional<NotationState> notation) {
  /**
   * The configuration of the new run, where the file does not tell it or another is wanted. Plugins
   * and sizes are those of the models.
   *
   * @param words a preset or a configuration file, then options that override it and the models;
   *     empty for the configuration that the file tells
   * @throws UserException where the file tells none, or something in the configuration is wrong
   */
  public ResolvedConfig config(PluginRegistry registry, List<String> words) {
    List<String> overrides = new ArrayList<>();
    parts.generator().ifPresent(part -> add(PluginKind.GENERATOR, part, overrides));
    parts.discriminator().ifPresent(part -> add(PluginKind.DISCRIMINATOR, part, overrides));
    boolean named = !words.isEmpty() && words.get(0).indexOf('=') < 0;
    overrides.addAll(named ? words.subList(1, words.size()) : words);
    if (named) {
      return ExperimentConfig.load(registry, words.get(0), overrides);
    }
    if (parts.settings().isEmpty()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%s does not say what its models were trained with; name a preset or a configuration file after it"
              .formatted(source));
    }
    return ExperimentConfig.load(registry, source.toString(), parts.settings(), overrides);
  }

  private static void add(PluginKind kind, Part part, List<String> overrides) {
    overrides.add(kind.section() + ".name=" + part.plugin());
    part.options().forEach((key, value) -> overrides.add(kind.section() + "." + key + "=" + value));
  }

  /**
   * Makes the run.
   *
   * @param root the run directory, which must not be there yet
   * @param version of this program
   * @throws UserException where the models do not fit the configuration, naming what does not
   */
  public void makeRun(Path root, ResolvedConfig config, PluginRegistry registry, String version) {
    RunDirectory.requireVacant(root);
    try (Experiment experiment = Experiment.open(config, registry)) {
      requireSameTokens(experiment);
      Map<String, NamedArrays> models = new LinkedHashMap<>();
      parts
          .generator()
          .ifPresent(part -> give(part, TrainerContext.GENERATOR, experiment.generator()));
      models.put(TrainerContext.GENERATOR, experiment.generator().parameters());
      Optional<Discriminator> judge =
          experiment.model(TrainerContext.DISCRIMINATOR, Discriminator.class);
      judge.ifPresent(
          discriminator -> {
            parts
                .discriminator()
                .ifPresent(part -> give(part, TrainerContext.DISCRIMINATOR, discriminator));
            models.put(TrainerContext.DISCRIMINATOR, discriminator.parameters());
          });
      RunSetup setup = setup(config, experiment, registry, version);
      Position beginning = new Position(config.plan().steps().keySet().iterator().next(), 0);
      Checkpoint checkpoint =
          new Checkpoint(beginning, models, Map.of(), Optional.of(setup.recipe()));
      // A run that is left half made says for ever that it is running.
      PoliteStop whole = PoliteStop.install(() -> {}, RecordedTraining.GRACE);
      try (RunDirectory run = RunDirectory.create(root, setup, InstantSource.system())) {
        run.finishWith(checkpoint);
      } finally {
        whole.close();
      }
    }
  }

  private void requireSameTokens(Experiment experiment) {
    Vocabulary vocabulary = experiment.task().data().vocabulary();
    if (vocabulary.size() != parts.vocabularySize()) {
      throw new UserException(
          UserException.Kind.DATA,
          "the models of %s know %d tokens, the task of the configuration has %d; name the configuration of the data that they were trained on"
              .formatted(source, parts.vocabularySize(), vocabulary.size()));
    }
    if (notation.isPresent() && !experiment.task().notationState().equals(notation)) {
      throw new UserException(
          UserException.Kind.DATA,
          "the models of %s were trained on other tokens than the task of the configuration has; name the configuration of the data that they were trained on"
              .formatted(source));
    }
  }

  private void give(Part part, String name, Model model) {
    try {
      model.setParameters(part.parameters());
    } catch (UserException e) {
      throw new UserException(
          UserException.Kind.DATA,
          "the %s of %s does not fit the configuration: %s".formatted(name, source, e.getMessage()),
          e);
    }
  }

  private RunSetup setup(
      ResolvedConfig config, Experiment experiment, PluginRegistry registry, String version) {
    RunSetup plain = RunDescriptions.setup(config, experiment, registry, version);
    RunDescription description = plain.description();
    List<String> provenance = new ArrayList<>(description.provenance());
    provenance.add("models imported from " + source);
    return new RunSetup(
        plain.configText(),
        plain.config(),
        plain.jars(),
        new RunDescription(description.version(), description.metrics(), provenance),
        Optional.empty());
  }
}
