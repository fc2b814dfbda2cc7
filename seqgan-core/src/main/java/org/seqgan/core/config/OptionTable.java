package org.seqgan.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;

/** The options that a record declares, as text for people. */
public final class OptionTable {
  private OptionTable() {}

  /**
   * One option.
   *
   * @param key relative to its section, such as {@code adversarial.rounds}
   * @param type in words
   * @param defaultValue as a configuration file has it; empty for none
   * @param range in words; empty for any
   * @param description one line
   */
  public record Row(
      String key, String type, String defaultValue, String range, String description) {}

  /** All options of a record, nested ones under their path. */
  public static List<Row> of(Class<? extends Record> type) {
    List<Row> rows = new ArrayList<>();
    addRows(type, "", Map.of(), rows);
    return rows;
  }

  private static void addRows(
      Class<?> type, String prefix, Map<String, Object> overrides, List<Row> rows) {
    for (RecordComponent component : type.getRecordComponents()) {
      Option option = option(component);
      String key = hyphenated(component.getName());
      if (component.getType().isRecord() && component.getType() != ByteSize.class) {
        Map<String, Object> nested = HoconText.object(option.defaultValue());
        addRows(component.getType(), prefix + key + ".", nested, rows);
      } else {
        Object override = overrides.get(key);
        rows.add(
            new Row(
                prefix + key,
                typeName(component.getGenericType()),
                override != null ? override.toString() : option.defaultValue(),
                range(option),
                option.description()));
      }
    }
  }

  static Option option(RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalArgumentException(
          component.getDeclaringRecord().getName() + "." + component.getName() + " has no @Option");
    }
    return option;
  }

  static String hyphenated(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  static String constantName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return "list of " + typeName(arguments[0]);
      }
      if (generic.getRawType() == Map.class) {
        return "map of " + typeName(arguments[0]) + " to " + typeName(arguments[1]);
      }
      if (generic.getRawType() == Optional.class) {
        return typeName(arguments[0]) + ", or not set";
      }
    }
    if (type instanceof Class<?> raw && raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(constant -> constantName((Enum<?>) constant))
          .collect(Collectors.joining(" | "));
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "whole number";
    }
    if (type == float.class
        || type == Float.class
        || type == double.class
        || type == Double.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "on | off";
    }
    if (type == ByteSize.class) {
      return "amount of memory";
    }
    return type == Path.class ? "path" : "text";
  }

  private static String range(Option option) {
    boolean min = option.min() != Double.NEGATIVE_INFINITY;
    boolean max = option.max() != Double.POSITIVE_INFINITY;
    if (min && max) {
      return number(option.min()) + " to " + number(option.max());
    }
    return min ? "at least " + number(option.min()) : max ? "at most " + number(option.max()) : "";
  }

  static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
