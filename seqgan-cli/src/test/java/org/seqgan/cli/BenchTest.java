package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("seqgan bench")
@Tag("slow")
class BenchTest {
  @TempDir private Path folder;

  @Test
  void timesEveryStepAndComparesWithWhatWasTimedBefore() throws IOException {
    Path earlier = Files.writeString(folder.resolve("peer.txt"), "# peer\nsample_64 0.5\n");
    Program.Result run =
        Program.run("bench", "--quick", "--format", "json", "--compare", earlier.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    double gigaflops = result.path("ceiling-gigaflops").asDouble();
    double gigabytes = result.path("ceiling-gigabytes").asDouble();
    assertThat(gigaflops).isPositive();
    assertThat(gigabytes).isPositive();
    assertThat(result.path("backend-bytes").asLong()).isPositive();
    assertThat(result.path("peak-heap-bytes").asLong()).isPositive();
    assertThat(result.path("figures").findValuesAsText("name"))
        .containsExactly(
            "mle_step_64",
            "sample_64",
            "sample_10000_batch1024",
            "d_train_step_64",
            "d_infer_64",
            "d_infer_1024",
            "g_adv_step_64");
    for (JsonNode figure : result.path("figures")) {
      assertThat(figure.path("median-seconds").asDouble()).isPositive();
      assertThat(figure.path("gigaflops").asDouble()).isPositive();
      double computing = figure.path("least-operations").asDouble() / gigaflops / 1e9;
      double moving = figure.path("least-bytes").asDouble() / gigabytes / 1e9;
      assertThat(figure.path("floor-seconds").asDouble())
          .isPositive()
          .isCloseTo(Math.max(computing, moving), within(1e-9));
      assertThat(figure.path("times-the-floor").asDouble()).isPositive();
      assertThat(figure.has("times-as-fast"))
          .as("%s", figure)
          .isEqualTo(figure.path("name").asText().equals("sample_64"));
    }
    // Its own result can be compared with.
    Path own = Files.writeString(folder.resolve("own.json"), run.out());
    assertThat(EarlierFigures.read(own)).hasSize(7);
  }

  @Test
  void countsTheDenseArithmeticOfTheTextbook() throws IOException {
    Program.Result run =
        Program.run("bench", "--quick", "--only", "d_infer_64", "--format", "json");
    JsonNode figure = new ObjectMapper().readTree(run.out()).path("figures").get(0);
    double operations =
        figure.path("gigaflops").asDouble() * figure.path("median-seconds").asDouble();
    // 64 sequences: 15.2 MFLOP of convolutions and 11.8 of the highway layer each.
    assertThat(operations).isCloseTo(64 * (15.2 + 11.8) / 1000, within(0.02));
  }

  /** Weights twice, parameters and moments in and out: 222.9 MB. */
  @Test
  void countsTheBytesThatADiscriminatorStepMoves() throws IOException {
    Program.Result run =
        Program.run("bench", "--quick", "--only", "d_train_step_64", "--format", "json");
    JsonNode figure = new ObjectMapper().readTree(run.out()).path("figures").get(0);
    assertThat(figure.path("least-bytes").asDouble() / 1e6).isCloseTo(222.9, within(0.1));
    assertThat(figure.path("gigabytes").asDouble() * figure.path("median-seconds").asDouble())
        .isCloseTo(0.2229, within(0.0001));
  }

  @Test
  void takesTheFastestVariantOfAGeneratorStep() {
    Map<String, Double> figures =
        Map.of("g_adv_step_literal_64", 6.8, "g_adv_step_smart_1024", 6.0, "sample_64", 0.1);
    assertThat(EarlierFigures.find(figures, "g_adv_step_64")).hasValue(6.0);
    assertThat(EarlierFigures.find(figures, "sample_64")).hasValue(0.1);
    assertThat(EarlierFigures.find(figures, "sample_10000_batch1024")).isEmpty();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertFails(2, "only options backend.KEY=VALUE", "task.vocabulary-size=10");
    assertFails(2, "no figure is named sample_65; there are mle_step_64", "--only", "sample_65");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "nothing here\n");
    assertFails(3, "has no figure", "--compare", empty.toString());
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"figures\": [{}]}");
    assertFails(3, "without a name or median-seconds", "--compare", broken.toString());
    assertFails(3, "cannot be read", "--compare", folder.resolve("missing").toString());
  }

  private static void assertFails(int exitCode, String message, String... arguments) {
    String[] all = Stream.concat(Stream.of("bench"), Stream.of(arguments)).toArray(String[]::new);
    Program.Result run = Program.run(all);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains(message);
  }
}
