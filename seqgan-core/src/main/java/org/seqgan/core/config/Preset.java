package org.seqgan.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.Spelling;

/** The configurations that come with the program. */
public enum Preset {
  /** Minutes on a laptop. */
  QUICKSTART("a small oracle and short schedules: minutes on a laptop"),
  /** The published text. */
  PAPER("the oracle experiment as the paper describes it"),
  /** The authors' code. */
  RELEASED("the oracle experiment as the authors' released code runs it");

  private final String description;

  Preset(String description) {
    this.description = description;
  }

  /** One line. */
  public String description() {
    return description;
  }

  /** The word that chooses it. */
  public String word() {
    return Words.word(this);
  }

  /** All words. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Preset::word).toList();
  }

  /**
   * The preset of that name.
   *
   * @throws UserException if there is none, listing those that there are, the nearest first
   */
  public static Preset named(String name) {
    return Arrays.stream(values())
        .filter(preset -> preset.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.CONFIGURATION,
                    "no preset is named '%s'; presets are %s"
                        .formatted(name, String.join(", ", Spelling.closestFirst(name, names())))));
  }

  /** Its HOCON. */
  String text() {
    String resource = "presets/" + word() + ".conf";
    try (InputStream in =
        Objects.requireNonNull(Preset.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
