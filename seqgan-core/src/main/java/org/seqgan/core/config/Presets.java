package org.seqgan.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The configurations that the program brings with it. */
public final class Presets {
  private static final Map<String, String> DESCRIPTIONS = new LinkedHashMap<>();

  static {
    DESCRIPTIONS.put("quickstart", "a small oracle, a minute or two on two cores");
    DESCRIPTIONS.put("music", "the built-in sample of tunes, about a minute on two cores");
    DESCRIPTIONS.put("music-corpus", "the Nottingham tunes; seqgan data fetch music first");
    DESCRIPTIONS.put("paper", "the published text's set-up, on a fresh oracle");
    DESCRIPTIONS.put("released", "the authors' last code, on a fresh oracle");
    DESCRIPTIONS.put(
        "released-corpus",
        "the authors' last code on their oracle; seqgan data fetch oracle first");
    DESCRIPTIONS.put("poems", "Chinese quatrains, the built-in sample, about a minute");
    DESCRIPTIONS.put(
        "poems-corpus", "Chinese quatrains, the corpus; seqgan data fetch poems first");
    DESCRIPTIONS.put("speeches", "speeches word by word, the built-in sample, about a minute");
    DESCRIPTIONS.put(
        "speeches-corpus", "speeches word by word, the corpus; seqgan data fetch speeches first");
  }

  private Presets() {}

  /** Name to description, in the order in which a newcomer wants them. */
  public static Map<String, String> descriptions() {
    return java.util.Collections.unmodifiableMap(DESCRIPTIONS);
  }

  static Optional<String> text(String name) {
    if (!DESCRIPTIONS.containsKey(name)) {
      return Optional.empty();
    }
    try (InputStream in = Presets.class.getResourceAsStream("presets/" + name + ".conf")) {
      if (in == null) {
        throw new IllegalStateException("preset " + name + " is not in the jar");
      }
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
