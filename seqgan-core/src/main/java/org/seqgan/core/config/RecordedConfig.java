package org.seqgan.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration of a run as its {@code config.conf} says it, for who looks at runs: no plugin
 * has to be installed, and nothing is checked but that it can be read.
 *
 * @param entries the options that are set, in the order of the file
 */
public record RecordedConfig(List<Entry> entries) {
  /** A size or a time, which is a text to HOCON. */
  private static final Pattern SIZE = Pattern.compile("[0-9]+[a-z]+");

  /** Copies the list. */
  public RecordedConfig {
    entries = List.copyOf(entries);
  }

  /**
   * An option.
   *
   * @param key such as {@code training.batch-size}
   * @param value as a configuration file has it
   * @param origin where the value came from, as the file says; its line where it says nothing
   */
  public record Entry(String key, String value, String origin) {}

  /**
   * Reads what {@link ResolvedConfig#render} wrote, perhaps edited since.
   *
   * @throws org.seqgan.api.UserException (configuration) where it cannot be read, or is more than a
   *     configuration may be
   */
  public static RecordedConfig read(Path file) {
    List<Found> found = new ArrayList<>();
    collect("", Layer.ofFile(file).root(), found);
    found.sort(Comparator.comparingInt(Found::line));
    return new RecordedConfig(found.stream().map(Found::entry).toList());
  }

  /** An option with the line that it stands in. */
  private record Found(int line, Entry entry) {}

  private static void collect(String group, ConfigObject object, List<Found> found) {
    for (Map.Entry<String, ConfigValue> each : object.entrySet()) {
      String name = ConfigUtil.joinPath(each.getKey());
      String key = group.isEmpty() ? name : group + "." + name;
      ConfigValue value = each.getValue();
      if (value instanceof ConfigObject inner) {
        collect(key, inner, found);
      } else if (value.valueType() != ConfigValueType.NULL) {
        found.add(
            new Found(value.origin().lineNumber(), new Entry(key, text(value), origin(value))));
      }
    }
  }

  /** In the words of {@link ResolvedConfig#render}; a text in quotes where it needs them. */
  private static String text(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(RecordedConfig::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value.valueType() != ConfigValueType.STRING) {
      return value.render(ConfigRenderOptions.concise());
    }
    String text = String.valueOf(value.unwrapped());
    return SIZE.matcher(text).matches() ? text : Hocon.text(text);
  }

  /** What stands behind the value; comments above it are somebody's own. */
  private static String origin(ConfigValue value) {
    List<String> comments = value.origin().comments();
    return comments.isEmpty()
        ? Place.of(value.origin()).text()
        : comments.get(comments.size() - 1).strip();
  }

  /** The value of an option, as a configuration file has it. */
  public Optional<String> value(String key) {
    return entries.stream().filter(entry -> entry.key.equals(key)).findFirst().map(Entry::value);
  }

  /** Every option that is set, with its value, in order. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    entries.forEach(entry -> settings.put(entry.key, entry.value));
    return settings;
  }
}
