package org.seqgan.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.registry.Spelling;
import org.seqgan.core.training.EvaluationOptions;
import org.seqgan.core.training.TrainingOptions;

/**
 * Loads an experiment's configuration from layers, each of which overrides those below it:
 * command-line overrides; a file; the preset that it starts from; defaults of the options
 * themselves.
 *
 * <p>A plugin's section names the plugin and holds its options ({@code generator { name = lstm,
 * hidden-size = 64 }}); as text it is the name alone ({@code generator = lstm}). Where a layer
 * names another plugin than the layers below it, their options belong to that other plugin and do
 * not apply; a note says so.
 */
public final class ExperimentConfig {
  private static final String SEED = "seed";
  private static final String PRESET = "preset";
  private static final String NAME = "name";
  private static final String TRAINING = "training";
  private static final String EVALUATION = "evaluation";
  private static final Map<PluginKind, String> DEFAULT_NAMES =
      Map.of(
          PluginKind.BACKEND, PluginRegistry.AUTO,
          PluginKind.TASK, "oracle",
          PluginKind.GENERATOR, "lstm",
          PluginKind.DISCRIMINATOR, "cnn",
          PluginKind.REWARD, "discriminator");

  private final PluginRegistry registry;
  private final OptionsBinder binder = new OptionsBinder();
  private final List<ResolvedValue> values = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ExperimentConfig(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Loads and checks a configuration.
   *
   * @param registry the plugins that it may name
   * @param source a preset's name, or a file
   * @param overrides {@code group.key=value} each, a later one above an earlier one
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static ResolvedConfig load(
      PluginRegistry registry, String source, List<String> overrides) {
    List<Config> layers = new ArrayList<>();
    for (int i = overrides.size() - 1; i >= 0; i--) {
      layers.add(override(overrides.get(i)));
    }
    layers.addAll(sourceLayers(source));
    return new ExperimentConfig(registry)
        .resolve(layers.stream().map(ExperimentConfig::normalised).toList());
  }

  private static Config override(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw HoconText.error(
          "expected an override such as training.batch-size=32, found '" + text + "'");
    }
    return HoconText.parse(text, "command line: " + text);
  }

  /** A file and the preset that it starts from, or a preset alone. */
  private static List<Config> sourceLayers(String source) {
    Optional<String> preset = Presets.text(source);
    Path file = Path.of(source);
    if (preset.isPresent()) {
      return List.of(preset(source, preset.get()));
    }
    if (!Files.exists(file)) {
      throw HoconText.error(
          "'"
              + source
              + "' is neither a file nor a preset; presets are "
              + String.join(", ", Spelling.closestFirst(source, Presets.descriptions().keySet())));
    }
    Config config = HoconText.parse(file);
    if (!config.hasPath(PRESET)) {
      return List.of(config);
    }
    ConfigValue named = config.getValue(PRESET);
    String name = String.valueOf(named.unwrapped());
    String text =
        Presets.text(name)
            .orElseThrow(
                () ->
                    HoconText.error(
                        HoconText.place(named.origin())
                            + ": there is no preset '"
                            + name
                            + "'; presets are "
                            + String.join(
                                ", ",
                                Spelling.closestFirst(name, Presets.descriptions().keySet()))));
    return List.of(config.withoutPath(PRESET), preset(name, text));
  }

  private static Config preset(String name, String text) {
    return HoconText.parse(text, "preset " + name);
  }

  /** {@code backend = dl4j} becomes {@code backend.name = dl4j}. */
  private static Config normalised(Config layer) {
    Config result = layer;
    for (PluginKind kind : PluginKind.values()) {
      ConfigValue value = layer.root().get(kind.section());
      if (value != null && value.valueType() == ConfigValueType.STRING) {
        result = result.withoutPath(kind.section()).withValue(kind.section() + "." + NAME, value);
      }
    }
    return result;
  }

  private ResolvedConfig resolve(List<Config> layers) {
    layers.forEach(ExperimentConfig::rejectUnknownSections);
    Seed seed = binder.bind(Seed.class, only(merged(layers), SEED), "", values);
    PluginChoice<BackendProvider<?>> backend = backend(layers);
    PluginChoice<TaskProvider<?>> task = choose(PluginKind.TASK, layers, registry::task);
    PluginChoice<GeneratorProvider<?>> generator =
        choose(PluginKind.GENERATOR, layers, registry::generator);
    PluginChoice<DiscriminatorProvider<?>> discriminator =
        choose(PluginKind.DISCRIMINATOR, layers, registry::discriminator);
    PluginChoice<RewardProvider<?>> reward = choose(PluginKind.REWARD, layers, registry::reward);
    TrainingOptions training =
        binder.bind(TrainingOptions.class, section(merged(layers), TRAINING), TRAINING, values);
    EvaluationOptions evaluation =
        binder.bind(
            EvaluationOptions.class, section(merged(layers), EVALUATION), EVALUATION, values);
    return new ResolvedConfig(
        seed.seed(),
        backend,
        task,
        generator,
        discriminator,
        reward,
        training,
        evaluation,
        List.copyOf(values),
        List.copyOf(notes));
  }

  /** The one option that belongs to no section. */
  record Seed(
      @org.seqgan.api.plugin.Option(
              description = "the root of all random numbers of a run",
              defaultValue = "1")
          long seed) {}

  private static void rejectUnknownSections(Config layer) {
    List<String> known =
        Stream.concat(
                Stream.of(SEED, TRAINING, EVALUATION),
                Arrays.stream(PluginKind.values()).map(PluginKind::section))
            .toList();
    for (Map.Entry<String, ConfigValue> entry : layer.root().entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw OptionsBinder.unknownKey(entry.getValue(), entry.getKey(), entry.getKey(), known);
      }
    }
  }

  private static ConfigObject only(Config config, String key) {
    return config.hasPath(key) ? config.withOnlyPath(key).root() : ConfigFactory.empty().root();
  }

  private static Config merged(List<Config> layers) {
    Config merged = ConfigFactory.empty();
    for (Config layer : layers) {
      merged = merged.withFallback(layer);
    }
    try {
      return merged.resolve();
    } catch (ConfigException e) {
      throw HoconText.malformed("configuration", e);
    }
  }

  private static ConfigObject section(Config config, String section) {
    ConfigValue value = config.root().get(section);
    if (value == null) {
      return ConfigFactory.empty().root();
    }
    if (value instanceof ConfigObject object) {
      return object;
    }
    throw HoconText.error(
        HoconText.place(value.origin())
            + ": "
            + section
            + ": expected a group of options { ... }, found "
            + value.render(ConfigRenderOptions.concise()));
  }

  // ---- plugins ----

  private interface Lookup<P> {
    P find(String name);
  }

  private <P extends Provider<?>> PluginChoice<P> choose(
      PluginKind kind, List<Config> layers, Lookup<P> lookup) {
    Chosen chosen = chosen(kind, layers);
    P provider = find(chosen, lookup);
    return bound(kind, chosen, provider);
  }

  private <P extends Provider<?>> PluginChoice<P> bound(
      PluginKind kind, Chosen chosen, P provider) {
    values.add(
        new ResolvedValue(
            kind.section() + "." + NAME,
            Optional.of(provider.name()),
            chosen.origin(),
            "which " + kind.section() + " plugin"));
    Record options =
        binder.bind(
            provider.optionsType().asSubclass(Record.class),
            chosen.options(),
            kind.section(),
            values);
    return new PluginChoice<>(provider, options);
  }

  private static <P> P find(Chosen chosen, Lookup<P> lookup) {
    try {
      return lookup.find(chosen.name());
    } catch (UserException e) {
      throw new UserException(e.kind(), chosen.origin() + ": " + e.getMessage(), e);
    }
  }

  /** A plugin's name with the place that chose it, and the options that are its own. */
  private record Chosen(String name, String origin, ConfigObject options) {}

  private Chosen chosen(PluginKind kind, List<Config> layers) {
    String path = kind.section() + "." + NAME;
    Config all = merged(layers.stream().map(layer -> sectionOnly(layer, kind)).toList());
    section(all, kind.section());
    String name = DEFAULT_NAMES.get(kind);
    String origin = HoconText.DEFAULT;
    if (all.hasPath(path)) {
      ConfigValue value = all.getValue(path);
      if (value.valueType() != ConfigValueType.STRING) {
        throw HoconText.error(
            HoconText.place(value.origin())
                + ": "
                + path
                + ": expected the name of a plugin, found "
                + value.render(ConfigRenderOptions.concise()));
      }
      name = (String) value.unwrapped();
      origin = HoconText.place(value.origin());
    }
    List<Config> own = ownLayers(kind, layers, name);
    ConfigObject options = section(merged(own), kind.section()).withoutKey(NAME);
    return new Chosen(name, origin, options);
  }

  private static Config sectionOnly(Config layer, PluginKind kind) {
    return layer.root().containsKey(kind.section())
        ? layer.withOnlyPath(kind.section())
        : ConfigFactory.empty();
  }

  /** The layers whose options of a section were written for the chosen plugin. */
  private List<Config> ownLayers(PluginKind kind, List<Config> layers, String chosen) {
    List<Config> own = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Config section = sectionOnly(layers.get(i), kind);
      String meant = nameAt(kind, layers.subList(i, layers.size()));
      // What the topmost layers say without naming a plugin is meant for the one that is chosen.
      if (meant.equals(chosen) || own.isEmpty() && i == 0) {
        own.add(section);
      } else if (section.root().get(kind.section()) instanceof ConfigObject object
          && !object.withoutKey(NAME).isEmpty()) {
        notes.add(
            HoconText.place(object.origin())
                + ": options of "
                + kind.section()
                + " '"
                + meant
                + "' do not apply to '"
                + chosen
                + "'");
      }
    }
    return own;
  }

  /** The name that stands where only these layers are looked at. */
  private static String nameAt(PluginKind kind, List<Config> layers) {
    String path = kind.section() + "." + NAME;
    return layers.stream()
        .filter(layer -> layer.hasPath(path))
        .findFirst()
        .map(layer -> String.valueOf(layer.getValue(path).unwrapped()))
        .orElse(DEFAULT_NAMES.get(kind));
  }

  // ---- backend = auto ----

  private PluginChoice<BackendProvider<?>> backend(List<Config> layers) {
    Chosen chosen = chosen(PluginKind.BACKEND, layers);
    if (!chosen.name().equals(PluginRegistry.AUTO)) {
      return bound(PluginKind.BACKEND, chosen, find(chosen, registry::backend));
    }
    return automatic(chosen);
  }

  private PluginChoice<BackendProvider<?>> automatic(Chosen chosen) {
    List<String> reasons = new ArrayList<>();
    List<BackendProvider<?>> byPreference =
        registry.plugins(PluginKind.BACKEND).stream()
            .map(RegisteredPlugin::name)
            .<BackendProvider<?>>map(registry::backend)
            .sorted(Comparator.comparing((BackendProvider<?> p) -> -p.preference()))
            .toList();
    for (BackendProvider<?> provider : byPreference) {
      Availability availability = availability(provider, chosen.options());
      if (availability instanceof Availability.Unavailable unavailable) {
        reasons.add(provider.name() + ": " + unavailable.reason());
        continue;
      }
      notes.add(
          "backend.name = auto chose "
              + provider.name()
              + (reasons.isEmpty()
                  ? ", the preferred one"
                  : "; not " + String.join("; not ", reasons)));
      Chosen found =
          new Chosen(provider.name(), chosen.origin() + ", chosen by auto", chosen.options());
      return bound(PluginKind.BACKEND, found, provider);
    }
    throw new UserException(
        UserException.Kind.ENVIRONMENT,
        reasons.isEmpty()
            ? "no backend is installed"
            : "no backend runs here: " + String.join("; ", reasons));
  }

  private <O extends Record> Availability availability(
      BackendProvider<O> provider, ConfigObject options) {
    return provider.availability(
        binder.bind(
            provider.optionsType(), options, PluginKind.BACKEND.section(), new ArrayList<>()));
  }
}
