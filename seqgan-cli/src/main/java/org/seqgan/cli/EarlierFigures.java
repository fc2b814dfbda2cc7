package org.seqgan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.io.JsonFault;

/** Reads what {@code seqgan bench} is compared with: median seconds by name. */
final class EarlierFigures {
  private EarlierFigures() {}

  /**
   * Reads a JSON object of {@code bench --format json}, or lines {@code NAME SECONDS}, among which
   * other lines are passed over.
   */
  static Map<String, Double> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw wrong(file, "cannot be read (" + e + ")", e);
    }
    Map<String, Double> figures =
        text.stripLeading().startsWith("{") ? json(file, text) : lines(text);
    if (figures.isEmpty()) {
      throw wrong(
          file, "has no figure: expected JSON of seqgan bench, or lines of NAME SECONDS", null);
    }
    return figures;
  }

  /**
   * The seconds of a figure. A file that knows {@code g_adv_step_64} in several variants, such as
   * {@code g_adv_step_literal_64}, stands for the fastest of them.
   */
  static OptionalDouble find(Map<String, Double> figures, String name) {
    if (figures.containsKey(name)) {
      return OptionalDouble.of(figures.get(name));
    }
    String family = name.substring(0, name.lastIndexOf('_') + 1);
    return family.equals("g_adv_step_")
        ? figures.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(family))
            .mapToDouble(Map.Entry::getValue)
            .min()
        : OptionalDouble.empty();
  }

  private static Map<String, Double> json(Path file, String text) {
    Map<String, Double> figures = new LinkedHashMap<>();
    try {
      for (JsonNode figure : new ObjectMapper().readTree(text).path("figures")) {
        double seconds = figure.path("median-seconds").asDouble();
        if (!figure.path("name").isTextual() || !(seconds > 0)) {
          throw wrong(file, "has a figure without a name or median-seconds: " + figure, null);
        }
        figures.put(figure.path("name").asText(), seconds);
      }
    } catch (JsonProcessingException e) {
      throw wrong(file, "is not JSON: " + JsonFault.words(e), e);
    }
    return figures;
  }

  private static Map<String, Double> lines(String text) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.size() == 2 && words.get(1).matches("[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
        figures.put(words.get(0), Double.valueOf(words.get(1)));
      }
    }
    return figures;
  }

  private static UserException wrong(Path file, String what, @Nullable Throwable cause) {
    return new UserException(UserException.Kind.DATA, "--compare " + file + ": " + what, cause);
  }
}
