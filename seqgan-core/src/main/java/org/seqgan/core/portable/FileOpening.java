package org.seqgan.core.portable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.Task;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.model.ModelExtent;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;

/**
 * How the file of a model is opened.
 *
 * @param file for messages
 * @param model what is in it
 * @param registry the plugins that are here
 */
record FileOpening(Path file, PortableModel model, PluginRegistry registry) {
  private static final String BACKEND_NAME = "backend.name";

  /** An experiment with the weights of the model, and what a reader would not expect of it. */
  record Opened(Experiment experiment, List<String> warnings) {}

  /** With a task that has its notation alone. */
  Opened withoutData() {
    List<String> warnings = new ArrayList<>();
    ResolvedConfig config = config(List.of(), warnings);
    Notation notation = notation(config);
    return opened(
        Experiment.openTrained(config, RestoredTask.of(model, notation, known(config))), warnings);
  }

  private Notation notation(ResolvedConfig config) {
    try {
      return CheckedPlugins.notation(config.task().provider(), model.vocabulary(), model.notation())
          .orElseThrow(
              () ->
                  new UserException(
                      UserException.Kind.PLUGIN,
                      "%s: task '%s' that is installed here shows no sequences without its data; install the version of the plugin that the model was made with"
                          .formatted(file, model.provenance().data().task())));
    } catch (UserException e) {
      throw e.kind() == UserException.Kind.DATA
          ? new UserException(
              e.kind(),
              "%s: the notation of task '%s' is not one of it: %s"
                  .formatted(file, model.provenance().data().task(), e.getMessage()),
              e)
          : e;
    }
  }

  /**
   * With the task that its configuration names, and its data.
   *
   * @param overrides {@code task.key=value} each
   */
  Opened withData(List<String> overrides) {
    List<String> warnings = new ArrayList<>();
    Experiment experiment = Experiment.openTrained(config(overrides, warnings), registry);
    try {
      requireItsTask(experiment.task());
    } catch (RuntimeException e) {
      experiment.close();
      throw e;
    }
    if (!DataHash.of(experiment.task().data()).equals(model.provenance().data().sha256())) {
      warnings.add(
          "the data are not those that %s was trained on, though their tokens are: scores are of other sequences"
              .formatted(file));
    }
    return opened(experiment, warnings);
  }

  private void requireItsTask(Task task) {
    boolean same =
        task.data().vocabulary().equals(model.vocabulary())
            && task.data().sequenceLength() == model.sequenceLength()
            && task.notationState().filter(model.notation()::equals).isPresent();
    if (!same) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: the data have other tokens than the model, which was trained on %s"
              .formatted(file, String.join("; ", model.provenance().data().lines())));
    }
  }

  private Opened opened(Experiment experiment, List<String> warnings) {
    try {
      experiment.generator().setParameters(model.weights());
      return new Opened(experiment, warnings);
    } catch (UserException e) {
      experiment.close();
      throw new UserException(
          UserException.Kind.DATA,
          "%s: its weights do not fit its configuration: %s".formatted(file, e.getMessage()),
          e);
    } catch (RuntimeException | Error e) {
      experiment.close();
      throw e;
    }
  }

  /** Of its configuration what says what it writes; the rest was for its training. */
  private ResolvedConfig config(List<String> overrides, List<String> warnings) {
    Map<String, String> settings = new LinkedHashMap<>();
    model
        .provenance()
        .configuration()
        .forEach(
            (key, value) -> {
              if (isUsed(key)) {
                settings.put(key, value);
              }
            });
    for (PluginKind kind : List.of(PluginKind.TASK, PluginKind.GENERATOR)) {
      if (!settings.containsKey(kind.section() + ".name")) {
        throw new UserException(
            UserException.Kind.DATA,
            "%s: its configuration names no %s".formatted(file, kind.section()));
      }
    }
    List<String> all = new ArrayList<>(overrides);
    backend(settings, warnings).ifPresent(name -> all.add("backend=" + name));
    ResolvedConfig first = ExperimentConfig.load(registry, file.toString(), settings, all);
    if (ModelParts.readsFiles(first.generator().options())) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: its generator '%s' reads a file that no model holds; ask for the run that it was made of"
              .formatted(file, first.generator().provider().about().name()));
    }
    requireSize(first);
    List<String> metrics = known(first);
    if (metrics.isEmpty()) {
      return first;
    }
    settings.put(
        "evaluation.metrics", metrics.stream().collect(Collectors.joining("\", \"", "[\"", "\"]")));
    return ExperimentConfig.load(registry, file.toString(), settings, all);
  }

  /** Those of the metrics that it was evaluated by that are installed here. */
  private List<String> known(ResolvedConfig config) {
    List<String> names = config.metrics().names();
    return model.metrics().stream().filter(names::contains).toList();
  }

  /** A file may ask for more than it brings: that is told before anything is made. */
  private void requireSize(ResolvedConfig config) {
    long found =
        model.weights().arrays().values().stream().mapToLong(array -> array.values().length).sum();
    ModelExtent.of(
            config.generator().provider(),
            config.generator().options(),
            model.vocabulary(),
            model.sequenceLength())
        .map(ModelExtent::parameters)
        .filter(expected -> expected != found)
        .ifPresent(
            expected -> {
              throw new UserException(
                  UserException.Kind.DATA,
                  "%s: its configuration makes a generator of %,d parameters, its weights are %,d"
                      .formatted(file, expected, found));
            });
  }

  private boolean isUsed(String key) {
    if (key.startsWith(PluginKind.METRIC.section() + ".")) {
      return registry.plugins(PluginKind.METRIC).stream()
          .anyMatch(metric -> key.startsWith("metric." + metric.name() + "."));
    }
    return key.equals("seed")
        || key.equals("evaluation.samples")
        || key.equals("evaluation.show")
        || key.startsWith(PluginKind.TASK.section() + ".")
        || key.startsWith(PluginKind.GENERATOR.section() + ".");
  }

  /** The backend that it was trained on, where that can run here: figures are the same then. */
  private Optional<String> backend(Map<String, String> settings, List<String> warnings) {
    String name = model.provenance().configuration().getOrDefault(BACKEND_NAME, "");
    boolean known =
        registry.plugins(PluginKind.BACKEND).stream()
            .map(RegisteredPlugin::name)
            .anyMatch(name::equals);
    if (known) {
      ResolvedConfig config =
          ExperimentConfig.load(registry, file.toString(), settings, List.of("backend=" + name));
      if (canRun(config.backend().provider(), config.backend().options())) {
        return Optional.of(name);
      }
    }
    warnings.add(
        "%s was trained on backend '%s', which is not here: figures may differ in their last digits"
            .formatted(file, name));
    return Optional.empty();
  }

  private static <O extends Record> boolean canRun(BackendProvider<O> provider, Record options) {
    return CheckedPlugins.availability(provider, provider.about().optionsType().cast(options))
        instanceof Availability.Available;
  }
}
