package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.core.health.HealthOptions;
import org.seqgan.core.metric.MetricCatalog;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.run.CheckpointOptions;
import org.seqgan.core.training.EvaluationOptions;

/** Turns layers of HOCON, the lowest first, into typed values. */
final class Resolution {
  private static final String TRAINING = PluginKind.TRAINER.section();

  private final PluginRegistry registry;
  private final List<Layer> layers;
  private final AutomaticBackend.Trial trial;
  private final List<String> notes = new ArrayList<>();

  Resolution(PluginRegistry registry, List<Layer> layers) {
    this(registry, layers, AutomaticBackend.Trial.ALL);
  }

  Resolution(PluginRegistry registry, List<Layer> layers, AutomaticBackend.Trial trial) {
    this.registry = registry;
    this.trial = trial;
    this.layers = layers;
  }

  /** A section's typed value, and the same as lines. */
  private record Bound<T>(T value, List<ResolvedValue> lines) {}

  ResolvedConfig resolve() {
    layers.forEach(layer -> checkTop(layer.root()));
    PluginSection backendSection = PluginSection.merge(PluginKind.BACKEND, layers);
    notes.addAll(backendSection.notes());
    checkBackend(backendSection);

    Bound<Sections.Top> top = top();
    Bound<PluginChoice<TaskProvider<?>>> task = plugin(PluginKind.TASK, registry::task);
    Bound<PluginChoice<GeneratorProvider<?>>> generator =
        plugin(PluginKind.GENERATOR, registry::generator);
    Bound<PluginChoice<DiscriminatorProvider<?>>> discriminator =
        plugin(PluginKind.DISCRIMINATOR, registry::discriminator);
    Bound<PluginChoice<RewardProvider<?>>> reward = plugin(PluginKind.REWARD, registry::reward);
    Bound<PluginChoice<TrainerProvider<?>>> trainer = trainer();
    Bound<HealthOptions> health = health();
    Bound<EvaluationOptions> evaluation = section(Sections.EVALUATION, EvaluationOptions.class);
    Bound<CheckpointOptions> checkpoint = section(Sections.CHECKPOINT, CheckpointOptions.class);
    Bound<MetricCatalog> metrics = metrics(evaluation);
    Bound<PluginChoice<BackendProvider<?>>> backend = backend(backendSection);

    Set<TrainerPart> used = ResolvedConfig.uses(trainer.value().provider());
    List<ResolvedValue> lines =
        Stream.of(
                top,
                backend,
                task,
                ifUsed(TrainerPart.GENERATOR, used, trainer.value(), generator),
                ifUsed(TrainerPart.DISCRIMINATOR, used, trainer.value(), discriminator),
                ifUsed(TrainerPart.REWARD, used, trainer.value(), reward),
                trainer,
                health,
                evaluation,
                checkpoint,
                metrics)
            .flatMap(bound -> bound.lines().stream())
            .toList();
    return new ResolvedConfig(
        top.value().seed(),
        backend.value(),
        task.value(),
        generator.value(),
        discriminator.value(),
        reward.value(),
        trainer.value(),
        health.value(),
        evaluation.value(),
        checkpoint.value(),
        metrics.value(),
        lines,
        notes);
  }

  /** The section of the trainer, without what it says for every trainer. */
  private Bound<PluginChoice<TrainerProvider<?>>> trainer() {
    List<String> ofAll = RecordSchema.of(HealthOptions.class).keys();
    List<Layer> without = layers.stream().map(layer -> layer.without(TRAINING, ofAll)).toList();
    return plugin(PluginKind.TRAINER, registry::trainer, without);
  }

  private Bound<HealthOptions> health() {
    ConfigObject section = merged(TRAINING);
    ConfigObject given = Hocon.empty();
    for (String key : RecordSchema.of(HealthOptions.class).keys()) {
      ConfigValue value = section.get(key);
      given = value == null ? given : given.withValue(key, value);
    }
    return bind(TRAINING, HealthOptions.class, given);
  }

  /**
   * The lines of a section that the trainer uses. Of one that it does not there are none, and a
   * user who wrote it is told, since it would change nothing.
   */
  private <T> Bound<T> ifUsed(
      TrainerPart part,
      Set<TrainerPart> used,
      PluginChoice<TrainerProvider<?>> trainer,
      Bound<T> section) {
    if (used.contains(part)) {
      return section;
    }
    for (Layer layer : layers) {
      ConfigValue value = layer.root().get(part.section());
      if (value != null && layer.isUsers()) {
        throw Hocon.error(
            "%s: trainer '%s' uses no %s, so this would change nothing; take the section out, or choose another trainer"
                .formatted(
                    Place.of(value).at(part.section()),
                    trainer.provider().about().name(),
                    part.section()));
      }
    }
    return new Bound<>(section.value(), List.of());
  }

  private Bound<Sections.Top> top() {
    ConfigObject root = Hocon.empty();
    for (String key : RecordSchema.of(Sections.Top.class).keys()) {
      for (Layer layer : layers) {
        ConfigValue value = layer.root().get(key);
        root = value == null ? root : root.withValue(key, value);
      }
    }
    return bind("", Sections.Top.class, root);
  }

  private <R extends Record> Bound<R> section(String key, Class<R> type) {
    return bind(key, type, merged(key));
  }

  private ConfigObject merged(String key) {
    ConfigObject merged = Hocon.empty();
    for (Layer layer : layers) {
      ConfigValue value = layer.root().get(key);
      if (value != null) {
        merged = group(key, value).withFallback(merged);
      }
    }
    return merged;
  }

  static ConfigObject group(String key, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    String problem = WrongValueException.of("a group of options { ... }", value).getMessage();
    throw Hocon.error("%s: %s".formatted(Place.of(value).at(key), problem));
  }

  /**
   * Every metric with its options; as lines those that are measured, and those that were given
   * options.
   */
  private Bound<MetricCatalog> metrics(Bound<EvaluationOptions> evaluation) {
    String section = PluginKind.METRIC.section();
    ConfigObject given = merged(section);
    List<RegisteredPlugin> plugins = registry.plugins(PluginKind.METRIC);
    RecordBinder.checkKeys(given, plugins.stream().map(RegisteredPlugin::name).toList(), section);
    List<MetricCatalog.Entry<?>> entries = new ArrayList<>();
    Map<String, List<ResolvedValue>> lines = new LinkedHashMap<>();
    for (RegisteredPlugin plugin : plugins) {
      MetricProvider<?> provider = (MetricProvider<?>) plugin.provider();
      String key = Words.path(section, plugin.name());
      ConfigValue value = given.get(plugin.name());
      Bound<? extends Record> options =
          bind(
              key,
              provider.about().optionsType(),
              value == null ? Hocon.empty() : group(key, value));
      entries.add(MetricCatalog.Entry.of(provider, options.value()));
      lines.put(plugin.name(), options.lines());
    }
    MetricCatalog catalog = new MetricCatalog(entries);
    List<String> chosen = evaluation.value().namedMetrics();
    checkMetrics(catalog, chosen, evaluation.lines());
    List<String> measured = catalog.chosen(chosen).stream().map(entry -> entry.name()).toList();
    return new Bound<>(
        catalog,
        lines.entrySet().stream()
            .filter(
                line ->
                    evaluation.value().asksTheTask() // which may name any of them
                        || measured.contains(line.getKey())
                        || given.containsKey(line.getKey()))
            .flatMap(line -> line.getValue().stream())
            .toList());
  }

  private static void checkMetrics(
      MetricCatalog catalog, List<String> chosen, List<ResolvedValue> lines) {
    try {
      catalog.select(chosen);
    } catch (UserException e) {
      String key = Words.path(Sections.EVALUATION, "metrics");
      String origin =
          lines.stream()
              .filter(line -> line.key().equals(key))
              .map(ResolvedValue::origin)
              .findFirst()
              .orElse(Place.DEFAULT);
      throw Hocon.error("%s: %s: %s".formatted(origin, key, e.getMessage()), e);
    }
  }

  private static <R extends Record> Bound<R> bind(String key, Class<R> type, ConfigObject given) {
    RecordBinder binder = new RecordBinder(key);
    R options = binder.bind(type, given);
    return new Bound<>(options, binder.values());
  }

  private <P extends Provider<?>> Bound<PluginChoice<P>> plugin(
      PluginKind kind, Function<String, P> lookup) {
    return plugin(kind, lookup, layers);
  }

  private <P extends Provider<?>> Bound<PluginChoice<P>> plugin(
      PluginKind kind, Function<String, P> lookup, List<Layer> layers) {
    PluginSection section = PluginSection.merge(kind, layers);
    notes.addAll(section.notes());
    return choice(section, find(section, lookup), Place.of(section.name()).text());
  }

  private static <P extends Provider<?>> P find(PluginSection section, Function<String, P> lookup) {
    try {
      return lookup.apply(section.pluginName());
    } catch (UserException e) {
      throw new UserException(
          e.kind(), "%s: %s".formatted(Place.of(section.name()).text(), e.getMessage()), e);
    }
  }

  private static <P extends Provider<?>> Bound<PluginChoice<P>> choice(
      PluginSection section, P provider, String origin) {
    Bound<? extends Record> options =
        bind(section.kind().section(), provider.about().optionsType(), section.options());
    List<ResolvedValue> lines = new ArrayList<>();
    lines.add(
        new ResolvedValue(
            Words.path(section.kind().section(), Layer.NAME),
            Optional.of(Hocon.text(provider.about().name())),
            origin,
            provider.about().description()));
    lines.addAll(options.lines());
    return new Bound<>(new PluginChoice<>(provider, options.value()), List.copyOf(lines));
  }

  /** What can be said about the backend without asking any whether it can run here. */
  private void checkBackend(PluginSection section) {
    if (!isAutomatic(section)) {
      find(section, registry::backend);
    }
  }

  private Bound<PluginChoice<BackendProvider<?>>> backend(PluginSection section) {
    String place = Place.of(section.name()).text();
    if (!isAutomatic(section)) {
      return choice(section, find(section, registry::backend), place);
    }
    AutomaticBackend chosen = AutomaticBackend.choose(registry, trial, section.options());
    notes.add(chosen.note());
    return choice(section, chosen.provider(), "chosen by auto (%s)".formatted(place));
  }

  private static boolean isAutomatic(PluginSection section) {
    return section.pluginName().equals(PluginRegistry.AUTO);
  }

  /** Rejects unknown keys of the top; a key of the schedule is told its section. */
  private void checkTop(ConfigObject root) {
    for (String key : root.keySet()) {
      if (!Sections.keys().contains(key)) {
        scheduleKey(key)
            .ifPresent(
                path -> {
                  throw Hocon.error(
                      "%s: unknown key '%s'; did you mean '%s'?"
                          .formatted(Place.of(root.get(key)).text(), key, path));
                });
      }
    }
    RecordBinder.checkKeys(root, Sections.keys(), "");
  }

  private Optional<String> scheduleKey(String key) {
    Stream<Bound<? extends Record>> ofTrainers =
        registry.plugins(PluginKind.TRAINER).stream()
            .map(plugin -> bind(TRAINING, plugin.provider().about().optionsType(), Hocon.empty()));
    Stream<Bound<? extends Record>> ofAll =
        Stream.of(
            bind(TRAINING, HealthOptions.class, Hocon.empty()),
            bind(Sections.EVALUATION, EvaluationOptions.class, Hocon.empty()),
            bind(Sections.CHECKPOINT, CheckpointOptions.class, Hocon.empty()));
    return Stream.concat(ofTrainers, ofAll)
        .flatMap(bound -> bound.lines().stream())
        .map(ResolvedValue::key)
        .filter(path -> path.endsWith("." + key))
        .findFirst();
  }
}
