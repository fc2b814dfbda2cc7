package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;

/**
 * One option, for a table that people read.
 *
 * @param key within its section
 * @param type such as {@code whole number}
 * @param defaultValue as HOCON, or {@code required}
 * @param range such as {@code at least 1}, or empty
 * @param description one line
 */
public record OptionRow(
    String key, String type, String defaultValue, String range, String description) {
  private static final String REQUIRED = "required";

  /**
   * The options of a record and of the records within it, in order.
   *
   * @throws UserException if the record does not declare its options rightly
   */
  public static List<OptionRow> of(Class<? extends Record> type) {
    List<OptionRow> rows = new ArrayList<>();
    addAll(RecordSchema.of(type), Hocon.empty(), "", rows);
    return List.copyOf(rows);
  }

  private static void addAll(
      RecordSchema schema, ConfigObject defaults, String prefix, List<OptionRow> rows) {
    for (RecordSchema.Component component : schema.components()) {
      String key = Words.path(prefix, component.key());
      @Nullable ConfigValue above = defaults.get(component.key());
      ConfigValue value = above == null ? component.defaultValue() : above;
      if (component.slot() instanceof RecordSchema.Group group) {
        ConfigObject inner = (ConfigObject) value.withFallback(component.defaultValue());
        addAll(group.schema(), inner, key, rows);
      } else {
        boolean required = above == null && component.option().required();
        rows.add(row(key, component, required ? REQUIRED : write(component.slot(), value)));
      }
    }
  }

  private static OptionRow row(String key, RecordSchema.Component component, String value) {
    String description = component.option().description();
    if (component.slot() instanceof RecordSchema.Table table) {
      String type = "for each of %s: %s".formatted(table.keys().label(), table.values().label());
      return new OptionRow(key, type, value, table.values().range(), description);
    }
    OptionType type = ((RecordSchema.Leaf) component.slot()).type();
    return new OptionRow(key, type.label(), value, type.range(), description);
  }

  private static String write(RecordSchema.Slot slot, ConfigValue value) {
    if (!(slot instanceof RecordSchema.Leaf leaf)) {
      return entries((ConfigObject) value);
    }
    try {
      return leaf.type().write(leaf.type().read(value));
    } catch (WrongValueException e) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "a default is declared wrongly, tell the plugin's author: " + e.getMessage(),
          e);
    }
  }

  private static String entries(ConfigObject map) {
    return map.keySet().stream()
        .sorted()
        .map(key -> key + " = " + map.get(key).unwrapped())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
