package org.seqgan.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.seqgan.core.registry.PluginKind;

/**
 * One source of values. The shorthand {@code backend = dl4j} is written out as {@code backend.name
 * = dl4j}.
 *
 * @param isUsers whether a user wrote it; presets and defaults are the program's
 */
record Layer(ConfigObject root, boolean isUsers) {
  /** The key that chooses a plugin within its section. */
  static final String NAME = "name";

  private static final Pattern LITERAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null");

  /** The plugins chosen where nobody chooses. */
  static Layer ofDefaults(Map<PluginKind, String> plugins) {
    ConfigObject root = Hocon.empty();
    for (PluginKind kind : plugins.keySet()) {
      root = root.withValue(kind.section(), Hocon.textValue(plugins.get(kind)));
    }
    return new Layer(named(root), false);
  }

  static Layer ofPreset(String name, String text) {
    return new Layer(named(HoconReader.read("preset " + name, text)), false);
  }

  /** The text of a file that is not there as a file. */
  static Layer ofText(String origin, String text) {
    return new Layer(named(HoconReader.read(origin, text)), true);
  }

  /** Values with the places where they stand; of two of one key the later wins. */
  static Layer ofSettings(List<Setting> settings) {
    ConfigObject all = Hocon.empty();
    for (Setting setting : settings) {
      all = named(assignment(setting.key(), setting.value(), setting.place())).withFallback(all);
    }
    return new Layer(all, true);
  }

  static Layer ofFile(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw Hocon.error(
          "%s: expected a configuration file, found %s; check the path"
              .formatted(file, Files.isDirectory(file) ? "a folder" : "one that cannot be read"));
    }
    return new Layer(named(HoconReader.read(file)), true);
  }

  /** Overrides {@code key=value}; of two of one key the later wins. */
  static Layer ofOverrides(List<String> overrides) {
    ConfigObject all = Hocon.empty();
    for (String override : overrides) {
      all = named(override(override)).withFallback(all);
    }
    return new Layer(all, true);
  }

  private static ConfigObject override(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw Hocon.error(
          "%s: expected key=value, such as training.batch-size=32"
              .formatted(Place.commandLine(text)));
    }
    return assignment(
        text.substring(0, equals).strip(),
        text.substring(equals + 1).strip(),
        Place.commandLine(text));
  }

  private static ConfigObject assignment(String key, String valueText, String origin) {
    HoconBounds.checkKey(origin, key);
    try {
      ConfigValue value = overrideValue(valueText, origin);
      Config config = value.atPath(ConfigUtil.joinPath(ConfigUtil.splitPath(key)));
      return config.root();
    } catch (ConfigException e) {
      throw Hocon.error("%s: %s".formatted(origin, e.getMessage()));
    }
  }

  /**
   * Numbers, true, false, null, lists, objects and quoted texts are read as HOCON. Anything else is
   * a text as it stands, so that no character of a path is taken for syntax.
   */
  static ConfigValue overrideValue(String text, String origin) {
    boolean hocon =
        LITERAL.matcher(text).matches()
            || text.startsWith("[")
            || text.startsWith("{")
            || text.startsWith("\"");
    ConfigValue value =
        hocon ? Hocon.value(text, origin) : ConfigValueFactory.fromAnyRef(text, origin);
    return value instanceof ConfigObject
        ? value
        : value.withOrigin(ConfigOriginFactory.newSimple(origin));
  }

  /** The same without some keys of a section. */
  Layer without(String section, Collection<String> keys) {
    if (!(root.get(section) instanceof ConfigObject group)) {
      return this;
    }
    ConfigObject rest = group;
    for (String key : keys) {
      rest = rest.withoutKey(key);
    }
    return new Layer(root.withValue(section, rest), isUsers);
  }

  private static ConfigObject named(ConfigObject root) {
    ConfigObject named = root;
    for (PluginKind kind : PluginKind.values()) {
      ConfigValue value = root.get(kind.section());
      if (kind.isChosenBySection()
          && value != null
          && value.valueType() == ConfigValueType.STRING) {
        named = named.withValue(kind.section(), value.atKey(NAME).root());
      }
    }
    return named;
  }
}
