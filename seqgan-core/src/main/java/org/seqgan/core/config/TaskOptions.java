package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginKind;

/**
 * The options of a task alone, for one file: {@code task.key=value} each, and the file in the place
 * of the options that name data. Immutable.
 */
public final class TaskOptions {
  private static final String SECTION = PluginKind.TASK.section();

  /** What a task calls the option that names its data, where it need not be given. */
  private static final String DATA = "data";

  private final ConfigObject given;
  private final Optional<String> name;

  private TaskOptions(ConfigObject given, Optional<String> name) {
    this.given = given;
    this.name = name;
  }

  /**
   * Reads options of the command line.
   *
   * @param overrides {@code task.key=value} each; of two of one key the later wins
   * @throws UserException if one is of another section, or is no assignment
   */
  public static TaskOptions parse(List<String> overrides) {
    ConfigObject root = Layer.ofOverrides(overrides).root();
    RecordBinder.checkKeys(root, List.of(SECTION), "");
    ConfigObject task = Resolution.group(SECTION, root.getOrDefault(SECTION, Hocon.empty()));
    Optional<String> name =
        Optional.ofNullable(task.get(Layer.NAME))
            .map(value -> PluginSection.pluginName(PluginKind.TASK, value));
    return new TaskOptions(task.withoutKey(Layer.NAME), name);
  }

  /** The task, where {@code task.name} says it. */
  public Optional<String> name() {
    return name;
  }

  /**
   * The options as a record, by the rules of {@link org.seqgan.api.plugin.Option}. Every required
   * option that is a path, and the one that is called {@code data}, is the file.
   *
   * @throws UserException if a key is unknown, a value is not what its option expects, a required
   *     one is missing, or one that is the file is given too
   */
  public <R extends Record> R bind(Class<R> type, Path file) {
    ConfigObject values = given;
    for (RecordSchema.Component component : RecordSchema.of(type).components()) {
      if (namesData(component)) {
        values = filled(values, component.key(), file);
      }
    }
    return new RecordBinder(SECTION).bind(type, values);
  }

  private static boolean namesData(RecordSchema.Component component) {
    if (!(component.slot() instanceof RecordSchema.Leaf leaf)) {
      return false;
    }
    boolean path = leaf.type() instanceof OptionType.FilePath;
    return (path && component.option().required())
        || ((path || leaf.type() instanceof OptionType.Text) && component.key().equals(DATA));
  }

  private static ConfigObject filled(ConfigObject values, String key, Path file) {
    ConfigValue twice = values.get(key);
    if (twice != null) {
      throw Hocon.error(
          "%s: this option is the file that is named before the options; leave it out"
              .formatted(Place.of(twice).at(Words.path(SECTION, key))));
    }
    return values.withValue(key, Hocon.textValue(file.toString()));
  }
}
