package org.seqgan.backend.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunLayout;

/** Training by the program, in a process of its own that saves where it is when it is stopped. */
final class TrainingParts {
  private static final String CUDA = "cuda";

  /** In the archive, which has no other for a CPU. */
  private static final String CPU = "reference";

  private static final String METRIC = "nll-oracle";

  /** Small models leave a device idle most of the time: cells share it. */
  private static final int MOST_CELLS = 4;

  private static final int PROCESSORS_OF_A_CELL = 2;

  private TrainingParts() {}

  /** The preset quickstart on the device, then on the CPU. */
  static List<Part> quickstart(List<String> overrides) {
    return List.of(run("quickstart", CUDA, overrides), run("quickstart", CPU, overrides));
  }

  /** The preset released on the device. */
  static List<Part> released(List<String> overrides) {
    return List.of(run("released", CUDA, overrides));
  }

  private static Part run(String preset, String backend, List<String> overrides) {
    Path root = Path.of("runs", preset + "-" + backend);
    return new Part(
        backend,
        (stop, goesOn) -> {
          List<String> words = new ArrayList<>(List.of("train"));
          if (goesOn && Files.exists(new RunLayout(root).status())) {
            words.add("--resume");
          } else {
            words.add(preset);
            words.add("backend.name=" + backend);
            words.addAll(overrides);
          }
          words.addAll(List.of("--run", root.toString()));
          Process process = new ProcessBuilder(Programs.seqgan(words)).inheritIO().start();
          Part.Result result = Part.Result.ofExit(stop.await(process), stop);
          if (Files.exists(new RunLayout(root).config())) {
            addFigures(RunContents.read(RunLayout.existing(root)), result.measured());
          }
          return result;
        });
  }

  private static void addFigures(RunContents run, ObjectNode measured) {
    measured.put("run", run.status().state().label());
    measured.put("phase", run.status().position().phase().label());
    measured.put("step", run.status().position().step());
    List<MetricsHistory.Row> rows = run.history().rows();
    if (!rows.isEmpty()) {
      Map<String, Double> last = rows.get(rows.size() - 1).values();
      ObjectNode metrics = measured.putObject("metrics");
      last.forEach((name, value) -> Json.put(metrics, name, value));
    }
  }

  /** Puts the final NLL_oracle of both backends side by side. */
  static void compare(CheckRecord record) {
    JsonNode device = record.measured(CUDA);
    JsonNode cpu = record.measured(CPU);
    ObjectNode both = record.summary().putObject(METRIC);
    both.set(CUDA, device.path("metrics").path(METRIC));
    both.set(CPU, cpu.path("metrics").path(METRIC));
  }

  /** The matrix table1 at its small size, every cell on the device. */
  static List<Part> table1(List<String> overrides) {
    return List.of(new Part("table1", (stop, goesOn) -> table1(stop, goesOn, overrides)));
  }

  private static Part.Result table1(Stop stop, boolean goesOn, List<String> overrides)
      throws IOException, InterruptedException {
    Path root = Path.of("matrices", "table1");
    Path output = Path.of("table1-results.json");
    List<String> words = new ArrayList<>(List.of("matrix", "table1", "--size", "small"));
    words.add("backend.name=" + CUDA);
    words.addAll(overrides);
    words.addAll(List.of("--out", root.toString(), "--format", "json"));
    int cells = Runtime.getRuntime().availableProcessors() / PROCESSORS_OF_A_CELL;
    words.addAll(List.of("-j", Integer.toString(Math.max(1, Math.min(cells, MOST_CELLS)))));
    if (goesOn && Files.isDirectory(root)) {
      words.add("--resume");
    }
    Process process =
        new ProcessBuilder(Programs.seqgan(words))
            .inheritIO()
            .redirectOutput(output.toFile())
            .start();
    Part.Result result = Part.Result.ofExit(stop.await(process), stop);
    String text = Files.readString(output);
    if (!text.isBlank()) {
      addCells(Json.parse(text), result.measured());
    }
    return result;
  }

  private static void addCells(JsonNode results, ObjectNode measured) {
    ObjectNode states = measured.putObject("cells");
    for (JsonNode cell : results.path("cells")) {
      String state = cell.path("state").asText();
      states.put(state, states.path(state).asInt() + 1);
    }
    measured.set("summary", results.path("summary"));
  }
}
