package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.seqgan.api.UserException;

/**
 * Binds the options of a single plugin to its record, by the rules of {@link
 * org.seqgan.api.plugin.Option} and as strictly as a configuration file. Immutable.
 */
public final class OptionsBinder {
  /**
   * Binds plain values, such as those that a task gives for its oracle.
   *
   * @param values by key, such as {@code hidden-size} to 32
   * @throws UserException if a key is unknown, a value is not what its option expects, or a
   *     required one is missing
   */
  public <R extends Record> R bind(Class<R> type, Map<String, Object> values) {
    return new RecordBinder("").bind(type, object(values, type.getSimpleName()));
  }

  private static ConfigObject object(Map<String, Object> values, String place) {
    try {
      return ConfigValueFactory.fromMap(values, place);
    } catch (ConfigException e) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%s: an option is of a type that configuration does not know: %s"
              .formatted(place, Place.oneLine(e.getMessage())),
          e);
    }
  }
}
