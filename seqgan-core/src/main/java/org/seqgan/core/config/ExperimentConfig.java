package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.Spelling;

/**
 * Loads an experiment's configuration from layers, each of which overrides those below it:
 * command-line overrides; a file; the preset that it starts from; defaults of the options
 * themselves.
 *
 * <p>A plugin's section names the plugin and holds its options ({@code generator { name = lstm,
 * hidden-size = 64 }}); as text it is the name alone ({@code generator = lstm}). Where a layer
 * names another plugin than the layers below it, their options belong to that other plugin and do
 * not apply; a note says so.
 *
 * <p>Everything else is checked before {@code backend = auto} is decided, since that may load
 * native libraries.
 */
public final class ExperimentConfig {
  private static final String PRESET = "preset";

  /** What is chosen where nobody chooses: the paper's experiment. */
  private static final Map<PluginKind, String> DEFAULT_PLUGINS =
      Map.of(
          PluginKind.BACKEND, PluginRegistry.AUTO,
          PluginKind.TASK, "oracle",
          PluginKind.GENERATOR, "lstm",
          PluginKind.DISCRIMINATOR, "cnn",
          PluginKind.REWARD, "discriminator",
          PluginKind.TRAINER, "seqgan");

  private ExperimentConfig() {}

  /**
   * Loads and checks a configuration.
   *
   * @param registry the plugins that it may name
   * @param source a preset's name, or a file
   * @param overrides {@code group.key=value} each; of two of one key the later wins
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static ResolvedConfig load(
      PluginRegistry registry, String source, List<String> overrides) {
    return new Resolution(registry, layers(source, overrides)).resolve();
  }

  /**
   * The same, to be looked at: where {@code backend = auto} has one backend left to choose, that
   * one is not asked whether it can run here, and no native library of it is loaded.
   *
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static ResolvedConfig loadToShow(
      PluginRegistry registry, String source, List<String> overrides) {
    return new Resolution(
            registry, layers(source, overrides), AutomaticBackend.Trial.ALL_BUT_THE_LAST)
        .resolve();
  }

  private static List<Layer> layers(String source, List<String> overrides) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.ofDefaults(DEFAULT_PLUGINS));
    Optional<String> preset = Presets.text(source);
    if (preset.isPresent()) {
      layers.add(Layer.ofPreset(source, preset.get()));
    } else {
      addFile(Layer.ofFile(path(source)).root(), layers);
    }
    layers.add(Layer.ofOverrides(overrides));
    return layers;
  }

  /**
   * Loads and checks the configuration of a cell of a matrix from the text that describes it.
   *
   * @param text the contents of a configuration file
   * @param overrides {@code group.key=value} each; of two of one key the later wins
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static ResolvedConfig loadText(
      PluginRegistry registry, String text, List<String> overrides) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.ofDefaults(DEFAULT_PLUGINS));
    addFile(Layer.ofText("cell", text).root(), layers);
    layers.add(Layer.ofOverrides(overrides));
    return new Resolution(registry, layers).resolve();
  }

  /**
   * Loads and checks a configuration that is a list of values, as a model brings it with it.
   *
   * @param place where they stand, for messages
   * @param settings option to value, as {@link ResolvedConfig#settings} gives them
   * @param overrides {@code group.key=value} each; of two of one key the later wins
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static ResolvedConfig load(
      PluginRegistry registry, String place, Map<String, String> settings, List<String> overrides) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.ofDefaults(DEFAULT_PLUGINS));
    layers.add(
        Layer.ofSettings(
            settings.entrySet().stream()
                .map(entry -> new Setting(entry.getKey(), entry.getValue(), place))
                .toList()));
    layers.add(Layer.ofOverrides(overrides));
    return new Resolution(registry, layers).resolve();
  }

  /**
   * Checks what {@link #loadText} would load, while it is still known where in a matrix file each
   * value stands.
   *
   * @param settings of one cell, above the matrix' own
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static ResolvedConfig load(
      PluginRegistry registry, MatrixFile matrix, List<Setting> settings) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.ofDefaults(DEFAULT_PLUGINS));
    matrix
        .preset()
        .ifPresent(name -> layers.add(Layer.ofPreset(name, Presets.text(name).orElseThrow())));
    layers.add(Layer.ofSettings(matrix.base()));
    layers.add(Layer.ofSettings(settings));
    return new Resolution(registry, layers).resolve();
  }

  private static Path path(String source) {
    try {
      Path path = Path.of(source);
      if (path.toFile().exists()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw unknown("'%s' is neither a file nor a preset".formatted(source), source);
    }
    throw unknown("'%s' is neither a file nor a preset".formatted(source), source);
  }

  private static void addFile(ConfigObject root, List<Layer> layers) {
    ConfigValue preset = root.get(PRESET);
    if (preset != null) {
      String place = Place.of(preset).text();
      if (!(preset.unwrapped() instanceof String name)) {
        throw Hocon.error(
            "%s: %s: %s"
                .formatted(
                    place,
                    PRESET,
                    WrongValueException.of("the name of a preset", preset).getMessage()));
      }
      String text =
          Presets.text(name)
              .orElseThrow(
                  () -> unknown("%s: there is no preset '%s'".formatted(place, name), name));
      layers.add(Layer.ofPreset(name, text));
    }
    layers.add(new Layer(root.withoutKey(PRESET), true));
  }

  private static UserException unknown(String problem, String name) {
    return Hocon.error(
        "%s; presets are %s"
            .formatted(
                problem,
                String.join(", ", Spelling.closestFirst(name, Presets.descriptions().keySet()))));
  }
}
