package org.seqgan.core.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.Spelling;

/** What an experiment starts from, before the overrides of the command line. */
public sealed interface ConfigurationSource {

  /**
   * A configuration that comes with the program.
   *
   * @param preset which one
   */
  record BuiltIn(Preset preset) implements ConfigurationSource {}

  /**
   * A configuration of the user's own.
   *
   * @param path a file of HOCON, or of JSON if its name ends in {@code .json}
   */
  record File(Path path) implements ConfigurationSource {}

  /**
   * What a person means by a word: a preset of that name, otherwise a file.
   *
   * @throws UserException if it is neither, listing the presets, the nearest first
   */
  static ConfigurationSource of(String text) {
    if (Preset.names().contains(text)) {
      return new BuiltIn(Preset.named(text));
    }
    if (isFile(text)) {
      return new File(Path.of(text));
    }
    throw new UserException(
        UserException.Kind.CONFIGURATION,
        "'%s' is neither a preset nor a file; presets are %s"
            .formatted(text, String.join(", ", Spelling.closestFirst(text, Preset.names()))));
  }

  private static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
