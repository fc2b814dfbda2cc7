package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.TaskProvider;

@DisplayName("seqgan matrix on a task without an oracle")
@Tag("slow")
class MatrixWithoutOracleTest {
  private static final String LETTERS =
      """
      name = letters
      preset = quickstart
      configuration {
        task = letters
        backend = reference
        generator { embedding-size = 4, hidden-size = 4 }
        discriminator { embedding-size = 4, filter-widths = [1, 2], filter-counts = [3, 3] }
        reward { name = discriminator, roll-outs = 2 }
        training {
          batch-size = 16
          generator-pretraining.epochs = 2
          discriminator-pretraining.rounds = 1
          adversarial { rounds = 1, g-steps = 1, d-steps = 1, k = 1 }
        }
        evaluation {
          samples = 40, every-epochs = 1, every-rounds = 1
          metrics = [bleu-2, nll-gen, self-bleu-2], temperatures = [0.5, 1.0]
        }
      }
      baseline = mle
      metrics = [bleu-2, nll-gen, self-bleu-2]
      # Made up.
      published { mle = 0.6670, seqgan = 0.7389, other = 0.5 }
      methods {
        mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }
        seqgan {}
        other { task.lines = 40 }
      }
      seeds = [1, 2]
      exclude = [ { method = other } ]
      """;

  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;
  private Path file;
  private Path directory;
  private Path plugins;

  @BeforeEach
  void makePlugin() throws IOException {
    file = folder.resolve("letters.conf");
    directory = folder.resolve("out");
    plugins = Files.createDirectory(folder.resolve("plugins"));
    Path jar = plugins.resolve("letters.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + TaskProvider.class.getName()));
      out.write(LettersTaskProvider.class.getName().getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    Files.writeString(file, LETTERS);
  }

  @Test
  void comparesByWhatItsTextsAreMeasuredBy() throws IOException {
    Program.Result result = matrix("-j", "2", "--format", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode root = json.readTree(result.out());
    JsonNode seqgan = root.at("/summary/rows/1");
    assertThat(seqgan.get("name").asText()).isEqualTo("seqgan");
    assertThat(seqgan.at("/figures/published").doubleValue()).isEqualTo(0.7389);
    assertThat(seqgan.at("/figures/p-holm").isNumber()).isTrue();
    assertThat(seqgan.at("/figures/paper-p-per-sequence").isNumber()).isTrue();
    assertThat(root.at("/summary/further").findValuesAsText("metric"))
        .containsExactly(
            "nll-gen",
            "self-bleu-2",
            "bleu-2 at 0.5",
            "self-bleu-2 at 0.5",
            "bleu-2 at 1.0",
            "self-bleu-2 at 1.0");
    assertThat(root.at("/summary/further").findValuesAsText("better"))
        .startsWith("lower", "lower", "higher");
    // Real data are better than a generator of two epochs, and stand beside it.
    assertThat(root.at("/real/bleu-2").doubleValue())
        .isGreaterThan(seqgan.at("/figures/mean").doubleValue());
    assertThat(root.at("/anchors/bleu-2: real against real").doubleValue())
        .isEqualTo(root.at("/real/bleu-2").doubleValue());
    JsonNode cell = root.at("/cells/3");
    assertThat(cell.at("/identities/bleu-2/tokenisation").asText()).contains("without end tokens");
    assertThat(cell.at("/identities/self-bleu-2/referenceCount").intValue()).isEqualTo(39);
    assertThat(cell.at("/temperatures/0/metrics/bleu-2").doubleValue()).isPositive();

    assertThat(directory.resolve("results.csv"))
        .content()
        .startsWith("number,id,method,seed,state,seconds,bleu-2,bleu-2 of real data,nll-gen,")
        .contains(",bleu-2 at 0.5,self-bleu-2 at 0.5,");
    assertThat(directory.resolve("report.html"))
        .content()
        .contains("The same by nll-gen (lower is better)", "At the same temperature", "0.6670")
        .contains("real data", "without end tokens; version")
        .doesNotContain("Table 1", "Figure 2");
  }

  @Test
  void aDryRunEstimatesWithMetricsThatNeedManySamples() {
    Program.Result result = matrix("--dry-run", "--probe", "0.05");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Estimate: about ");
    assertThat(directory).doesNotExist();
  }

  @Test
  void whatIsComparedMayChangeOnResumeAndTheWrongWayRoundIsRefused() throws IOException {
    Files.writeString(
        file,
        LETTERS
            .replace("baseline = mle", "baseline = mle\nbetter = lower")
            .replace("seeds = [1, 2]", "seeds = [1]"));

    Program.Result wrong = matrix("-q");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("expected better = higher", "--resume");
    assertThat(directory.resolve("results.csv")).exists();

    Files.writeString(
        file,
        LETTERS
            .replace(
                "baseline = mle\nmetrics = [bleu-2, nll-gen, self-bleu-2]",
                "baseline = mle\nmetric = bleu-2\nbetter = higher")
            .replace("seeds = [1, 2]", "seeds = [1]"));
    Program.Result right = matrix("--resume", "--format", "json");

    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(json.readTree(right.out()).get("further-metrics")).isEmpty();
    assertThat(json.readTree(directory.resolve("plan.json").toFile()).get("better").asText())
        .isEqualTo("HIGHER");
  }

  @Test
  void cellsOfAnEarlierVersionStillGiveAReport() throws IOException {
    assertThat(matrix("-q", "-j", "2").exitCode()).isZero();
    strip(directory.resolve("plan.json"), "further");
    strip(directory.resolve("cells/mle-seed1/summary.json"), "finalScores");
    Files.delete(directory.resolve("cells/mle-seed1/time.json"));

    Program.Result result = matrix("--resume", "--format", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode root = json.readTree(result.out());
    assertThat(root.get("notes").toString())
        .contains("1 of 4 finished cells are of an earlier version", "mle-seed1");
    assertThat(root.at("/summary/rows/0/figures/seeds").doubleValue()).isEqualTo(2);
    assertThat(root.at("/real/bleu-2").isNumber()).isTrue();
    assertThat(directory.resolve("report.html")).content().contains("an earlier version");
  }

  @Test
  void scoresThatAreNotAlikeAreNotCompared() throws IOException {
    Files.writeString(file, LETTERS.replace("{ method = other }", "{ method = seqgan }"));

    Program.Result result = matrix("-j", "2", "--format", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode other = json.readTree(result.out()).at("/summary/rows/1");
    assertThat(other.get("verdict").asText()).isEqualTo("not testable");
    assertThat(other.get("explanation").asText())
        .contains("scores of bleu-2 cannot be compared: number of references '40' and '64'")
        .contains("cells other-seed1 and mle-seed1");
    assertThat(other.get("figures").has("paper-p-per-sequence")).isFalse();
    assertThat(directory.resolve("report.html")).content().contains("Not drawn: scores of bleu-2");
  }

  private void strip(Path of, String key) throws IOException {
    ObjectNode object = (ObjectNode) json.readTree(of.toFile());
    assertThat(object.remove(key)).as(key).isNotNull();
    json.writeValue(of.toFile(), object);
  }

  private Program.Result matrix(String... options) {
    List<String> words = new ArrayList<>(List.of("--plugins", plugins.toString(), "matrix"));
    words.addAll(List.of(file.toString(), "--out", directory.toString()));
    words.addAll(List.of(options));
    return Program.run(words.toArray(String[]::new));
  }
}
