package org.seqgan.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.seqgan.core.registry.Spelling;

/** The matrices that the program brings with it. */
public final class Matrices {
  private static final Map<String, String> DESCRIPTIONS = new LinkedHashMap<>();

  static {
    DESCRIPTIONS.put("table1", "every method of the paper's Table 1, and the control rewards");
    DESCRIPTIONS.put("figure3", "SeqGAN by g-steps, d-steps and k, as in the paper's Figure 3");
    DESCRIPTIONS.put("controls", "SeqGAN against constant, random and shuffled rewards");
    DESCRIPTIONS.put("methods", "every method beside its controls, by quality and diversity");
    DESCRIPTIONS.put("poems", "SeqGAN beside maximum likelihood on Chinese quatrains");
    DESCRIPTIONS.put("speeches", "SeqGAN beside maximum likelihood on speeches, word by word");
    DESCRIPTIONS.put("music", "SeqGAN beside maximum likelihood on tunes");
  }

  private Matrices() {}

  /** How large a matrix is. */
  public enum Size {
    /** A small oracle, or a sample that the program brings with it: minutes on two cores. */
    SMALL,
    /** The paper's sizes or its data: an hour to days. */
    PAPER;

    /** The name in files and on screens. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Name to description. */
  public static Map<String, String> descriptions() {
    return Collections.unmodifiableMap(DESCRIPTIONS);
  }

  static String text(String name, Size size) {
    if (!DESCRIPTIONS.containsKey(name)) {
      throw Hocon.error(
          "'%s' is neither a file nor a matrix that the program brings with it; those are %s"
              .formatted(
                  name, String.join(", ", Spelling.closestFirst(name, DESCRIPTIONS.keySet()))));
    }
    String resource = "matrices/%s-%s.conf".formatted(name, size.label());
    try (InputStream in = Matrices.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
