package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.Spelling;

/** Binds one section to a record, and keeps the values it found in the order of the record. */
final class RecordBinder {
  private final String section;
  private final List<ResolvedValue> values = new ArrayList<>();

  /**
   * A binder of one section.
   *
   * @param section the prefix of its keys, or empty
   */
  RecordBinder(String section) {
    this.section = section;
  }

  /** What was bound, in order. */
  List<ResolvedValue> values() {
    return values;
  }

  /** Makes the record from the given values and, for the rest, from its defaults. */
  <R extends Record> R bind(Class<R> type, ConfigObject given) {
    return type.cast(bind(RecordSchema.of(type), given, section));
  }

  private Object bind(RecordSchema schema, ConfigObject given, String prefix) {
    checkKeys(given, schema.keys(), prefix);
    List<Object> arguments = new ArrayList<>();
    for (RecordSchema.Component component : schema.components()) {
      arguments.add(bind(component, given, prefix));
    }
    try {
      return schema.instantiate(arguments.toArray());
    } catch (IllegalArgumentException e) {
      String section = prefix.isEmpty() ? "" : prefix + ": ";
      throw Hocon.error("%s: %s%s".formatted(places(given), section, e.getMessage()), e);
    }
  }

  /** The first place in each document that gave a value, since any of them may be the wrong one. */
  private static String places(ConfigObject given) {
    Map<String, String> firstByDocument = new LinkedHashMap<>();
    given.values().stream()
        .sorted(Comparator.comparingInt(value -> value.origin().lineNumber()))
        .map(Place::of)
        .filter(place -> !place.isDefault())
        .forEach(place -> firstByDocument.putIfAbsent(place.document(), place.text()));
    return firstByDocument.isEmpty()
        ? Place.DEFAULT
        : String.join(" and ", firstByDocument.values());
  }

  private Object bind(RecordSchema.Component component, ConfigObject given, String prefix) {
    String path = Words.path(prefix, component.key());
    @Nullable ConfigValue value = given.get(component.key());
    if (value == null && component.option().required()) {
      throw missing(component, path);
    }
    if (component.slot() instanceof RecordSchema.Leaf leaf) {
      ConfigValue chosen = value == null ? component.defaultValue() : value;
      return read(leaf.type(), chosen, path, component.option().description());
    }
    ConfigObject group = group(value, component, path);
    if (component.slot() instanceof RecordSchema.Table table) {
      return bind(table, group, path, component.option().description());
    }
    return bind(((RecordSchema.Group) component.slot()).schema(), group, path);
  }

  private Map<Object, Object> bind(
      RecordSchema.Table table, ConfigObject given, String path, String description) {
    checkKeys(given, table.keys().words(), path);
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Enum<?> constant : table.keys().constants()) {
      ConfigValue value = given.get(Words.word(constant));
      if (value != null) {
        String key = Words.path(path, Words.word(constant));
        map.put(constant, read(table.values(), value, key, description));
      }
    }
    if (map.isEmpty()) {
      values.add(new ResolvedValue(path, Optional.of("{}"), Place.of(given).text(), description));
    }
    return Collections.unmodifiableMap(map);
  }

  private static ConfigObject group(
      @Nullable ConfigValue value, RecordSchema.Component component, String path) {
    if (value == null) {
      return (ConfigObject) component.defaultValue();
    }
    if (value instanceof ConfigObject object) {
      return object.withFallback(component.defaultValue());
    }
    throw Hocon.error(
        Place.of(value).at(path)
            + ": "
            + WrongValueException.of("a group of options { ... }", value).getMessage());
  }

  private Object read(OptionType type, ConfigValue value, String path, String description) {
    try {
      Object read = type.read(value);
      values.add(new ResolvedValue(path, type.write(read), Place.of(value).text(), description));
      return read;
    } catch (WrongValueException e) {
      throw Hocon.error(
          "%s: %s".formatted(Place.of(value).at(path + e.element()), e.getMessage()), e);
    }
  }

  /** Rejects keys that are not known. */
  static void checkKeys(ConfigObject given, Collection<String> known, String prefix) {
    for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw unknownKey(Place.of(entry.getValue()), entry.getKey(), known, prefix);
      }
    }
  }

  private static UserException unknownKey(
      Place place, String key, Collection<String> known, String prefix) {
    String help =
        Spelling.suggestion(key, known)
            .map(near -> "did you mean '%s'?".formatted(near))
            .orElseGet(() -> knownKeys(key, known));
    return Hocon.error(
        "%s: unknown key '%s'; %s".formatted(place.text(), Words.path(prefix, key), help));
  }

  private static String knownKeys(String key, Collection<String> known) {
    return known.isEmpty()
        ? "there are no options here"
        : "known here are " + String.join(", ", Spelling.closestFirst(key, known));
  }

  private static UserException missing(RecordSchema.Component component, String path) {
    String expected =
        component.slot() instanceof RecordSchema.Leaf leaf
            ? leaf.type().expected()
            : "a group of options { ... }";
    return Hocon.error(
        "'%s' must be given: expected %s (%s); set it in the file or on the command line as %s=..."
            .formatted(path, expected, component.option().description(), path));
  }
}
