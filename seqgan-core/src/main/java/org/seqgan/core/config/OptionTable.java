package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;

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

  /**
   * All options of a record, nested ones under their path.
   *
   * @throws UserException if the record does not declare its options rightly
   */
  public static List<Row> of(Class<? extends Record> type) {
    List<Row> rows = new ArrayList<>();
    addAll(RecordSchema.of(type), Hocon.empty(), "", rows);
    return List.copyOf(rows);
  }

  private static void addAll(
      RecordSchema schema, ConfigObject defaults, String prefix, List<Row> rows) {
    for (RecordSchema.Component component : schema.components()) {
      String key = Words.path(prefix, component.key());
      @Nullable ConfigValue above = defaults.get(component.key());
      ConfigValue value = above == null ? component.defaultValue() : above;
      if (component.slot() instanceof RecordSchema.Group group) {
        ConfigObject inner = (ConfigObject) value.withFallback(component.defaultValue());
        addAll(group.schema(), inner, key, rows);
      } else {
        boolean required = above == null && component.option().required();
        rows.add(row(key, component, required ? "" : write(component.slot(), value)));
      }
    }
  }

  private static Row row(String key, RecordSchema.Component component, String value) {
    String description = component.option().description();
    if (component.slot() instanceof RecordSchema.Table table) {
      String type = "map of %s to %s".formatted(table.keys().label(), table.values().label());
      return new Row(key, type, value, table.values().range(), description);
    }
    OptionType type = ((RecordSchema.Leaf) component.slot()).type();
    return new Row(key, type.label(), value, type.range(), description);
  }

  private static String write(RecordSchema.Slot slot, ConfigValue value) {
    if (!(slot instanceof RecordSchema.Leaf leaf)) {
      return entries((ConfigObject) value);
    }
    try {
      return leaf.type().write(leaf.type().read(value)).orElse("");
    } catch (WrongValueException e) {
      throw Hocon.error(
          "a default is declared wrongly, tell the plugin's author: " + e.getMessage());
    }
  }

  private static String entries(ConfigObject map) {
    return map.keySet().stream()
        .sorted()
        .map(key -> key + " = " + map.get(key).unwrapped())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
