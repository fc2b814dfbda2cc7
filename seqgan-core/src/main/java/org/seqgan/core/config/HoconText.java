package org.seqgan.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.UserException;

/** Reads HOCON, and says where in it something stands. */
final class HoconText {
  static final String DEFAULT = "default";

  private HoconText() {}

  static Config parse(String text, String origin) {
    try {
      return ConfigFactory.parseString(text, options(origin));
    } catch (ConfigException e) {
      throw malformed(origin, e);
    }
  }

  static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw error(file + " cannot be read: check its name and permissions");
    }
    try {
      // Includes are looked up as files only, and one that is missing is an error.
      return ConfigFactory.parseFile(
          file.toFile(), options(file.toString()).setAllowMissing(false));
    } catch (ConfigException e) {
      throw malformed(file.toString(), e);
    }
  }

  /** A default that is an object, as plain values; empty text gives none. */
  static Map<String, Object> object(String defaultValue) {
    return defaultValue.isEmpty() ? Map.of() : parse(defaultValue, DEFAULT).root().unwrapped();
  }

  static ConfigValue value(String defaultValue) {
    return parse("value = " + defaultValue, DEFAULT).getValue("value");
  }

  private static ConfigParseOptions options(String origin) {
    return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription(origin);
  }

  static UserException malformed(String origin, ConfigException e) {
    ConfigOrigin where = e.origin();
    String place = where == null ? origin : place(where);
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed");
    // Typesafe Config puts its own idea of the place before the message.
    String own = where == null ? "" : where.description() + ": ";
    String text = message.startsWith(own) ? message.substring(own.length()) : message;
    return new UserException(UserException.Kind.CONFIGURATION, place + ": " + text, e);
  }

  /** Such as {@code my.conf:12}, {@code preset paper:3} or {@code command line}. */
  static String place(ConfigOrigin origin) {
    String description = origin.description();
    int merged = description.indexOf(",merge of");
    String first = merged < 0 ? description : description.substring(0, merged);
    String name = first.replaceFirst(": \\d+(-\\d+)?$", "").replaceFirst("^merge of ", "");
    boolean lineMatters =
        origin.lineNumber() > 0 && !name.startsWith("command line") && !name.equals(DEFAULT);
    return lineMatters ? name + ":" + origin.lineNumber() : name;
  }

  static UserException error(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, message);
  }
}
