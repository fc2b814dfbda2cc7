package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.regex.Pattern;
import org.seqgan.api.UserException;

/** Pieces of HOCON that are not files. */
final class Hocon {
  private static final Pattern SIMPLE_WORD =
      Pattern.compile("(?!(true|false|null|include)$)[a-z][a-z0-9-]*");

  private Hocon() {}

  /**
   * A single value.
   *
   * @param text as it would stand after {@code key =}
   * @throws ConfigException if it is not HOCON
   */
  static ConfigValue value(String text, String origin) {
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(origin);
    ConfigObject parsed = ConfigFactory.parseString("value = " + text, options).resolve().root();
    ConfigValue value = parsed.get("value");
    if (value == null || parsed.size() != 1) {
      throw new ConfigException.Generic("not a single value: " + text);
    }
    return value;
  }

  /** A text that nobody gave. */
  static ConfigValue textValue(String text) {
    return ConfigValueFactory.fromAnyRef(text, Place.DEFAULT);
  }

  /** No keys at all. */
  static ConfigObject empty() {
    return ConfigValueFactory.fromMap(Map.of(), Place.DEFAULT);
  }

  /** A text as HOCON, in quotes where it needs them. */
  static String text(String text) {
    return SIMPLE_WORD.matcher(text).matches() ? text : ConfigUtil.quoteString(text);
  }

  /** What the parser complains about, in one line that begins with the place. */
  static UserException parseError(String file, ConfigException failure) {
    ConfigOrigin origin = failure.origin();
    String message = failure.getMessage();
    if (origin == null) {
      return error(file + ": " + message, failure);
    }
    String described = origin.description() + ": ";
    String problem =
        message.startsWith(described) ? message.substring(described.length()) : message;
    return error(Place.of(origin).text() + ": " + problem, failure);
  }

  /** A mistake in configuration, as one line. */
  static UserException error(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, Place.oneLine(message));
  }

  /** The same, with what led to it. */
  static UserException error(String message, Throwable cause) {
    return new UserException(UserException.Kind.CONFIGURATION, Place.oneLine(message), cause);
  }
}
