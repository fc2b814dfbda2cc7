package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;

/**
 * Reads an experiment. Layers, the lowest first: defaults; the preset that a file names; the preset
 * or file; overrides of the command line.
 *
 * <p>Everything is checked before {@code backend = auto} is decided, since that may load native
 * libraries.
 *
 * <p>Thread safety: any number of threads.
 */
public final class ConfigurationReader {
  private static final String PRESET = "preset";

  /** What is chosen where nobody chooses: the paper's models. There is no default task. */
  private static final Map<PluginKind, String> DEFAULT_PLUGINS =
      Map.of(
          PluginKind.BACKEND, PluginRegistry.AUTO,
          PluginKind.GENERATOR, "lstm",
          PluginKind.DISCRIMINATOR, "cnn",
          PluginKind.REWARD, "discriminator");

  private final PluginRegistry registry;

  /** A reader of experiments that may choose among the plugins of a registry. */
  public ConfigurationReader(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Reads an experiment.
   *
   * @param source what it starts from
   * @param overrides {@code key=value}, such as {@code training.batch-size=32}
   * @throws UserException if anything is wrong, naming the file, the line and the key
   */
  public ResolvedConfig read(ConfigurationSource source, List<String> overrides) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.ofDefaults(DEFAULT_PLUGINS));
    if (source instanceof ConfigurationSource.BuiltIn builtIn) {
      layers.add(Layer.of(builtIn.preset()));
    } else if (source instanceof ConfigurationSource.File file) {
      addFile(Layer.of(file.path()).root(), layers);
    }
    layers.add(Layer.of(overrides));
    return new Resolution(registry, layers).resolve();
  }

  private static void addFile(ConfigObject root, List<Layer> layers) {
    ConfigValue preset = root.get(PRESET);
    if (preset != null) {
      layers.add(Layer.of(preset(preset)));
    }
    layers.add(new Layer(root.withoutKey(PRESET)));
  }

  private static Preset preset(ConfigValue value) {
    String place = Place.of(value).at(PRESET);
    if (!(value.unwrapped() instanceof String name)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          place + ": " + WrongValueException.of("the name of a preset", value).getMessage());
    }
    try {
      return Preset.named(name);
    } catch (UserException e) {
      throw new UserException(e.kind(), place + ": " + e.getMessage(), e);
    }
  }
}
