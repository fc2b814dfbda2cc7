package org.seqgan.backend.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seqgan.core.io.Json;

/**
 * The figures of {@code seqgan bench}, and the same work in PyTorch where there is one, one after
 * the other on one device. A part that is stopped begins anew: its figures belong together.
 */
final class BenchParts {
  private static final String OURS = "seqgan-";
  private static final String PYTHON = "python3";
  private static final String SECONDS = "median-seconds";
  private static final String FIGURES = "figures";

  /** Further arguments of the script, such as {@code --device cpu}. */
  private static final String ARGUMENTS = "GPU_CHECK_TORCH";

  private BenchParts() {}

  /** Whether there is a PyTorch, and which, or why not. */
  record Torch(boolean isHere, String version) {
    static Torch look() throws InterruptedException {
      try {
        Process process =
            new ProcessBuilder(PYTHON, "-c", "import torch; print(torch.__version__)")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String last = said.strip().lines().reduce("", (first, second) -> second);
        return process.waitFor() == 0
            ? new Torch(true, last)
            : new Torch(false, "not here: %s says %s".formatted(PYTHON, last));
      } catch (IOException e) {
        return new Torch(false, "not here: no " + PYTHON);
      }
    }
  }

  static List<Part> of(Torch torch, List<String> arguments) {
    List<Part> parts = new ArrayList<>();
    for (String precision : List.of("float32", "tf32", "bf16")) {
      parts.add(ours(precision, arguments));
      if (torch.isHere() && !precision.equals("bf16")) {
        for (String form : List.of("eager", "compiled")) {
          parts.add(torch(form, precision, shared(arguments)));
        }
      }
    }
    return parts;
  }

  private static Part ours(String precision, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("bench", "--backend", "cuda", "--format", "json"));
    words.addAll(arguments);
    words.add("backend.precision=" + precision);
    String name = OURS + precision;
    return new Part(name, (stop, goesOn) -> measure(name, Programs.seqgan(words), stop));
  }

  /** Of the arguments of bench those that the script has, too. */
  private static List<String> shared(List<String> arguments) {
    List<String> shared = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--quick")) {
        shared.add(arguments.get(i));
      } else if (arguments.get(i).equals("--only") && i + 1 < arguments.size()) {
        shared.addAll(arguments.subList(i, i + 2));
      }
    }
    return shared;
  }

  private static Part torch(String form, String precision, List<String> shared) {
    String name = "torch-%s-%s".formatted(form, precision);
    Path script = Path.of(System.getProperty("seqgan.home", "."), "bench_torch.py");
    List<String> words = new ArrayList<>(List.of(PYTHON, script.toString()));
    words.addAll(List.of("--form", form, "--precision", precision));
    words.addAll(shared);
    Stream.of(System.getenv().getOrDefault(ARGUMENTS, "").split(" ", -1))
        .filter(word -> !word.isEmpty())
        .forEach(words::add);
    return new Part(name, (stop, goesOn) -> measure(name, words, stop));
  }

  private static Part.Result measure(String name, List<String> words, Stop stop)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("bench-" + name, ".json");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(output.toFile())
              .redirectError(Redirect.INHERIT)
              .start();
      Part.Result result = Part.Result.ofExit(stop.await(process), stop);
      if (result.state() == Part.State.DONE) {
        result.measured().setAll(Json.parse(Files.readString(output)));
      }
      return result;
    } finally {
      Files.delete(output);
    }
  }

  /**
   * Puts the figures of all side by side: seconds, and how many times as fast each of ours is as
   * each other.
   */
  static void compare(CheckRecord record, List<Part> parts, Torch torch) {
    record.summary().put("torch", torch.version());
    ObjectNode compared = record.summary().putObject("compared");
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>(); // by figure, then part
    for (Part part : parts) {
      for (JsonNode figure : record.measured(part.name()).path(FIGURES)) {
        if (figure.has(SECONDS)) {
          seconds
              .computeIfAbsent(figure.path("name").asText(), name -> new LinkedHashMap<>())
              .put(part.name(), figure.path(SECONDS).asDouble());
        }
      }
    }
    seconds.forEach((figure, byPart) -> addRow(compared.putObject(figure), byPart));
  }

  private static void addRow(ObjectNode row, Map<String, Double> byPart) {
    byPart.forEach((part, seconds) -> row.put(part + "-seconds", seconds));
    ObjectNode times = row.putObject("times-as-fast");
    byPart.forEach(
        (ours, seconds) ->
            byPart.forEach(
                (other, theirs) -> {
                  if (ours.startsWith(OURS) && !other.startsWith(OURS)) {
                    times.put(ours + " as " + other, theirs / seconds);
                  }
                }));
  }
}
