package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.seqgan.api.UserException;

/**
 * Binds the options of a single plugin to its record, by the rules of {@link
 * org.seqgan.api.plugin.Option} and as strictly as a configuration file.
 */
public final class OptionsBinder {
  private OptionsBinder() {}

  /**
   * The defaults of a record.
   *
   * @throws UserException if an option without a default is required
   */
  public static <O extends Record> O defaults(Class<O> type) {
    return new RecordBinder("").bind(type, Hocon.empty());
  }

  /**
   * Binds options given by code.
   *
   * @param type the record
   * @param options by key, such as {@code hidden-size} to 32
   * @param place who gives them, for messages, such as {@code task oracle}
   * @throws UserException if a key is unknown or a value is not what its option expects
   */
  public static <O extends Record> O bind(
      Class<O> type, Map<String, Object> options, String place) {
    return new RecordBinder("").bind(type, object(options, place));
  }

  private static ConfigObject object(Map<String, Object> options, String place) {
    try {
      return ConfigValueFactory.fromMap(options, place);
    } catch (ConfigException e) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%s: an option is of a type that configuration does not know: %s"
              .formatted(place, Place.oneLine(e.getMessage())),
          e);
    }
  }
}
