package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The only way from text to HOCON. What a text reaches is what it says itself and the files that it
 * includes from {@linkplain FolderIncluder its own folder}; no environment variable, no system
 * property, no URL, nothing of the class path. What it may hold is {@linkplain HoconBounds bounded}
 * before the library parses it, and what its substitutions may make of it {@linkplain Substitutions
 * before the library writes them out}.
 *
 * <p>For one configuration; every error is a {@link org.seqgan.api.UserException} of one line that
 * names the place.
 */
final class HoconReader {
  private final HoconBounds bounds = new HoconBounds();

  private HoconReader() {}

  /** A text without a folder of its own: it can include nothing. */
  static ConfigObject read(String document, String text) {
    HoconReader reader = new HoconReader();
    return resolve(
        document,
        reader.parse(
            document,
            text,
            ConfigSyntax.CONF,
            lines -> FolderIncluder.ofText(reader, document, lines)));
  }

  /** A file, which may include others of its folder and the folders in it. */
  static ConfigObject read(Path file) {
    HoconReader reader = new HoconReader();
    return resolve(
        file.toString(), reader.parse(file, lines -> FolderIncluder.ofFile(reader, file, lines)));
  }

  /** Makes what answers to the include statements of a text, given their lines, in order. */
  @FunctionalInterface
  interface Includes {
    ConfigIncluder on(List<Integer> lines);
  }

  HoconBounds bounds() {
    return bounds;
  }

  /** A file that was found to be one that may be read; substitutions stay. */
  ConfigObject parse(Path file, Includes includes) {
    return parse(file.toString(), text(file), syntax(file), includes);
  }

  private ConfigObject parse(String document, String text, ConfigSyntax syntax, Includes includes) {
    List<Integer> lines = bounds.check(document, text);
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(syntax)
            .setIncluder(includes.on(lines))
            .setOriginDescription(document);
    try {
      return ConfigFactory.parseString(text, options).root();
    } catch (ConfigException e) {
      throw Hocon.parseError(document, e);
    }
  }

  private static ConfigObject resolve(String document, ConfigObject parsed) {
    new Substitutions(document, parsed).check();
    try {
      return parsed.toConfig().resolve(ConfigResolveOptions.noSystem()).root();
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw Hocon.error(
          Hocon.parseError(document, e).getMessage()
              + "; ${...} stands for another key of the same file or of a file that it includes,"
              + " never for a variable of the environment",
          e);
    } catch (ConfigException e) {
      throw Hocon.parseError(document, e);
    }
  }

  private static ConfigSyntax syntax(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return ConfigSyntax.JSON;
    }
    return name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
  }

  private static String text(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      // A byte more than is allowed tells that it is too much, however large the file is.
      bytes = in.readNBytes(HoconBounds.MOST_BYTES + 1);
    } catch (IOException e) {
      throw Hocon.error("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (bytes.length > HoconBounds.MOST_BYTES) {
      throw HoconBounds.tooMuch(
          file.toString(), "more than %,d bytes".formatted(HoconBounds.MOST_BYTES));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Hocon.error(
          "%s: expected UTF-8, found bytes that are not; save it as UTF-8".formatted(file), e);
    }
  }
}
