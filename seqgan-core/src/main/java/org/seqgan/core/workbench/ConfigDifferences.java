package org.seqgan.core.workbench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seqgan.core.config.RecordedConfig;

/**
 * What the configurations of some runs differ in. Immutable.
 *
 * @param rows the options that are not the same in all, in the order of the first configuration
 *     that has them
 */
public record ConfigDifferences(List<Row> rows) {
  /** Copies the list. */
  public ConfigDifferences {
    rows = List.copyOf(rows);
  }

  /**
   * An option.
   *
   * @param key such as {@code training.batch-size}
   * @param values of each run, in their order; empty where it is not set
   */
  public record Row(String key, List<Optional<String>> values) {
    /** Copies the list. */
    public Row {
      values = List.copyOf(values);
    }
  }

  /** Of some configurations, in their order. */
  public static ConfigDifferences of(List<RecordedConfig> configs) {
    List<Map<String, String>> settings = configs.stream().map(RecordedConfig::settings).toList();
    Set<String> keys = new LinkedHashSet<>();
    settings.forEach(each -> keys.addAll(each.keySet()));
    List<Row> rows = new ArrayList<>();
    for (String key : keys) {
      List<Optional<String>> values =
          settings.stream().map(each -> Optional.ofNullable(each.get(key))).toList();
      if (values.stream().distinct().count() > 1) {
        rows.add(new Row(key, values));
      }
    }
    return new ConfigDifferences(rows);
  }
}
