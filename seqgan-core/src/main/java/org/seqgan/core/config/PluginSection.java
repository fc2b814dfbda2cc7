package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginKind;

/**
 * A section that chooses a plugin, all layers merged.
 *
 * @param kind which section
 * @param name the plugin's name, with its origin
 * @param options what remains of the section
 * @param notes options of lower layers that belong to another plugin and do not apply
 */
record PluginSection(PluginKind kind, ConfigValue name, ConfigObject options, List<String> notes) {

  /**
   * Merges layers, the lowest first. Where a layer names another plugin than the layers below it,
   * their options are those of the other plugin and are set aside.
   *
   * @throws UserException if no layer names a plugin
   */
  static PluginSection merge(PluginKind kind, List<Layer> layers) {
    ConfigObject merged = Hocon.empty();
    List<String> notes = new ArrayList<>();
    for (Layer layer : layers) {
      ConfigValue value = layer.root().get(kind.section());
      if (value == null) {
        continue;
      }
      ConfigObject upper = object(kind, value);
      if (choosesAnother(upper, merged)) {
        note(kind, upper, merged, notes);
        merged = upper;
      } else {
        merged = upper.withFallback(merged);
      }
    }
    ConfigValue name = name(kind, merged);
    return new PluginSection(kind, name, merged.withoutKey(Layer.NAME), List.copyOf(notes));
  }

  String pluginName() {
    return (String) name.unwrapped();
  }

  private static ConfigObject object(PluginKind kind, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    throw Hocon.error(
        "%s: %s"
            .formatted(
                Place.of(value).at(kind.section()),
                WrongValueException.of("the name of a plugin or a group of options { ... }", value)
                    .getMessage()));
  }

  private static boolean choosesAnother(ConfigObject upper, ConfigObject lower) {
    return upper.containsKey(Layer.NAME)
        && lower.containsKey(Layer.NAME)
        && !Objects.equals(upper.get(Layer.NAME).unwrapped(), lower.get(Layer.NAME).unwrapped());
  }

  private static void note(
      PluginKind kind, ConfigObject upper, ConfigObject lower, List<String> notes) {
    ConfigObject aside = lower.withoutKey(Layer.NAME);
    if (!aside.isEmpty()) {
      notes.add(
          "%s: options of %s '%s' do not apply to '%s': %s"
              .formatted(
                  Place.of(aside).text(),
                  kind.section(),
                  lower.get(Layer.NAME).unwrapped(),
                  upper.get(Layer.NAME).unwrapped(),
                  String.join(", ", aside.keySet().stream().sorted().toList())));
    }
  }

  private static ConfigValue name(PluginKind kind, ConfigObject merged) {
    ConfigValue name = merged.get(Layer.NAME);
    String key = Words.path(kind.section(), Layer.NAME);
    if (name == null) {
      throw Hocon.error(
          "'%s' must be given: expected the name of a %s plugin; 'seqgan plugins' lists them"
              .formatted(key, kind.section()));
    }
    pluginName(kind, name);
    return name;
  }

  /** The text of the value that names a plugin. */
  static String pluginName(PluginKind kind, ConfigValue name) {
    if (name.unwrapped() instanceof String text) {
      return text;
    }
    String problem = WrongValueException.of("the name of a plugin", name).getMessage();
    String key = Words.path(kind.section(), Layer.NAME);
    throw Hocon.error("%s: %s".formatted(Place.of(name).at(key), problem));
  }
}
