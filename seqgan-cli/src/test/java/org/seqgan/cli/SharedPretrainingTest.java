package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.run.DurableFiles;

@DisplayName("Cells of a matrix that share a pre-training")
@Tag("slow")
final class SharedPretrainingTest {
  /** Each with what its cell begins with, where it is run after those before it. */
  private static final Map<String, String> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put(
        "mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }", "");
    METHODS.put("game {}", "mle generator-pretraining-2");
    METHODS.put("bleu { reward = bleu }", "game discriminator-pretraining-1");
    METHODS.put("faster { training.adversarial.g-steps = 2 }", "bleu discriminator-pretraining-1");
    METHODS.put(
        "constant { reward = constant, training.discriminator-pretraining.rounds = 0 }",
        "game generator-pretraining-2");
    METHODS.put(
        "colder { training.adversarial.sampling-temperature = 0.5 }",
        "constant generator-pretraining-2");
    METHODS.put(
        "growing { reward { name = maligan, baseline-growth = 10 } }",
        "bleu discriminator-pretraining-1");
    METHODS.put(
        "still { reward { name = maligan, baseline-growth = 0 } }",
        "bleu discriminator-pretraining-1");
    METHODS.put("longer { training.generator-pretraining.epochs = 3 }", "");
    METHODS.put("measured { evaluation.samples = 48 }", "");
    METHODS.put("wider { discriminator.filter-counts = [4, 4] }", "");
  }

  @TempDir private Path folder;

  @Test
  void eachEndsLikeOneThatHasItsOwn() throws IOException {
    Path shared = matrix("shared", String.join("\n", METHODS.keySet()), "mle", "[1, 2]");
    for (Map.Entry<String, String> method : METHODS.entrySet()) {
      String name = method.getKey().substring(0, method.getKey().indexOf(' '));
      for (int seed = 1; seed <= 2; seed++) {
        assertThat(begins(run(shared, name, seed)))
            .as("%s, seed %d", name, seed)
            .isEqualTo(method.getValue().replace(" ", "-seed" + seed + " "));
      }
      if (!method.getValue().isEmpty()) {
        Path alone = matrix("alone-" + name, method.getKey(), name, "[2]");
        assertThat(begins(run(alone, name, 2))).isEmpty();
        assertSame(name, run(shared, name, 2), run(alone, name, 2));
      }
    }
    assertThat(Files.readString(shared.resolve("cells/game-seed1/log.txt")))
        .contains("begins with the state of ", "at generator-pretraining 2");
  }

  @Test
  void theTimeOfWhatIsTakenOverCountsForBoth() throws IOException {
    Path shared = matrix("shared", "mle {}\nother { reward = bleu }", "mle", "[1]");
    double taken = 0;
    for (String line : Files.readAllLines(run(shared, "other", 1).resolve("metrics.jsonl"))) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.get("phase").asText().endsWith("pretraining")) {
        taken += row.get("seconds").doubleValue();
      }
    }
    JsonNode summary =
        new ObjectMapper().readTree(shared.resolve("cells/other-seed1/summary.json").toFile());
    assertThat(begins(run(shared, "other", 1))).isEqualTo("mle-seed1 discriminator-pretraining-1");
    JsonNode first =
        new ObjectMapper().readTree(shared.resolve("cells/mle-seed1/summary.json").toFile());
    assertThat(summary.get("secondsTakenOver").doubleValue())
        .as("with evaluations, beside its steps, and less than all that the other cell did")
        .isGreaterThan(taken)
        .isLessThan(first.get("seconds").doubleValue());
    assertThat(summary.get("seconds").doubleValue())
        .isGreaterThan(summary.get("secondsTakenOver").doubleValue());
  }

  @Test
  void oneThatIsDamagedIsNamedAndNotUsed() throws IOException {
    String methods = "mle {}\nother { reward = bleu }";
    Path whole = matrix("whole", methods, "mle", "[1]");
    Path cell = whole.resolve("cells/other-seed1");
    DurableFiles.delete(cell);
    SmallRun.damage(run(whole, "mle", 1), "discriminator-pretraining-000001");

    SmallRun.succeeds(words("whole", "--resume"));

    assertThat(Files.readString(cell.resolve("log.txt")))
        .contains(
            "cannot begin with what ",
            "cells/mle-seed1/run has trained: ",
            "discriminator-pretraining");
    assertThat(begins(cell.resolve("run"))).isEmpty();
  }

  @Test
  void oneThatIsKilledBeforeItHasSavedWhatItTookBeginsAnew() throws IOException {
    Path matrix = matrix("killed", "mle {}\nother { reward = bleu }", "mle", "[1]");
    Path cell = matrix.resolve("cells/other-seed1");
    List<String> figures = SmallRun.metrics(cell.resolve("run"));
    Path attempt = matrix.resolve("work/other-seed1.7");
    Files.move(cell, attempt);
    Files.createDirectory(matrix.resolve("work/other-seed1.7.free"));
    Files.delete(attempt.resolve("summary.json"));
    DurableFiles.delete(attempt.resolve("run/checkpoints"));
    ObjectMapper json = new ObjectMapper();
    Path status = attempt.resolve("run/status.json");
    ObjectNode standing = (ObjectNode) json.readTree(status.toFile());
    standing.remove("checkpoint");
    Files.writeString(status, json.writeValueAsString(standing.put("state", "running")));

    SmallRun.succeeds(words("killed", "--resume"));

    assertThat(SmallRun.metrics(cell.resolve("run"))).isEqualTo(figures);
    assertThat(begins(cell.resolve("run"))).isEqualTo("mle-seed1 discriminator-pretraining-1");
  }

  private String[] words(String name, String... more) {
    List<String> words =
        new ArrayList<>(List.of("matrix", folder.resolve(name + ".conf").toString()));
    words.addAll(List.of("-j", "1", "--out", folder.resolve(name).toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Path matrix(String name, String methods, String baseline, String seeds)
      throws IOException {
    Files.writeString(
        folder.resolve(name + ".conf"),
        MatrixCommandTest.TINY.replace("baseline = mle", "baseline = " + baseline)
            + "seeds = "
            + seeds
            + "\nmethods {\n"
            + methods
            + "\n}\n");
    SmallRun.succeeds(words(name));
    return folder.resolve(name);
  }

  private static Path run(Path matrix, String method, int seed) {
    return matrix.resolve("cells/%s-seed%d/run".formatted(method, seed));
  }

  /** The cell and the checkpoint that a run began with; empty where it began by itself. */
  private static String begins(Path run) throws IOException {
    JsonNode from = new ObjectMapper().readTree(run.resolve("status.json").toFile()).get("from");
    return from == null
        ? ""
        : Path.of(from.get("run").asText()).getParent().getFileName()
            + " "
            + from.get("checkpoint").asText();
  }

  private static void assertSame(String name, Path run, Path other) throws IOException {
    assertThat(SmallRun.metrics(run)).as(name).isEqualTo(SmallRun.metrics(other));
    assertThat(SmallRun.contents(run.resolve("samples")))
        .as(name)
        .isEqualTo(SmallRun.contents(other.resolve("samples")));
    String last = "adversarial-000002";
    assertThat(SmallRun.arrays(run, last)).as(name).isEqualTo(SmallRun.arrays(other, last));
    for (String file : new String[] {"metrics", "perSequence", "finalScores"}) {
      assertThat(summary(run).get(file)).as(name).isEqualTo(summary(other).get(file));
    }
  }

  private static JsonNode summary(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolveSibling("summary.json").toFile());
  }
}
