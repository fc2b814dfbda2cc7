package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("seqgan bench --scale")
@Tag("slow")
class BenchScaleTest {
  @TempDir private Path folder;

  private static Program.Result bench(String... arguments) {
    return Program.run(
        Stream.concat(Stream.of("bench", "--scale", "--quick"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** As many operations as the textbook has: 3 passes over gates and logits for each token. */
  @Test
  void countsTheWorkOfEachPoint() throws IOException {
    Program.Result run = bench("--only", "hidden", "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.path("backend").asText()).isNotEmpty();
    assertThat(result.path("skipped")).isEmpty();
    JsonNode points = result.path("points");
    assertThat(points.findValuesAsText("value"))
        .containsExactly("32", "32", "64", "64", "128", "128", "256", "256", "512", "512");
    JsonNode first = points.get(0);
    for (JsonNode point : points) {
      double hidden = point.path("value").asDouble();
      double token = 2 * (32 + hidden) * 4 * hidden + 2 * hidden * 5_000;
      int passes = point.path("step").asText().equals("mle_step") ? 3 : 1;
      double operations = 1_280 * token * passes;
      double seconds = point.path("median-seconds").asDouble();
      assertThat(point.path("axis").asText()).isEqualTo("hidden");
      assertThat(point.path("tokens").asInt()).isEqualTo(1_280);
      assertThat(point.path("operations").asDouble()).isCloseTo(operations, within(1.0));
      assertThat(point.path("seconds-per-gigaflop").asDouble())
          .isPositive()
          .isCloseTo(seconds / operations * 1e9, within(1e-9));
      if (passes == 3) {
        assertThat(point.path("growth").asDouble())
            .isCloseTo(
                point.path("seconds-per-gigaflop").asDouble()
                    / first.path("seconds-per-gigaflop").asDouble(),
                within(1e-9));
      }
    }
    assertThat(run.err()).contains("hidden 512, sample: ");
  }

  @Test
  void writesATableAndAPageWithCharts() throws IOException {
    Path page = folder.resolve("scale.html");
    Program.Result run = bench("--only", "batch,hidden", "--out", page.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).startsWith("Backend ");
    assertThat(lines).anyMatch(line -> line.matches("batch +step +median .* growth"));
    assertThat(lines).anyMatch(line -> line.matches("1,024 +d_step .*"));
    assertThat(lines).anyMatch(line -> line.matches("32 +mle_step .* 1\\.00"));
    assertThat(lines).noneMatch(line -> line.startsWith("vocabulary"));
    String html = Files.readString(page);
    assertThat(html)
        .contains("<h2>Batch</h2>", "<h2>Hidden</h2>", "d_step at batch 1,024: ")
        .doesNotContain("<script", "Not measured");
    // A chart for wide and one for narrow screens, of each axis.
    assertThat(html.split("<svg class=\"chart", -1)).hasSize(5);
    Program.Result again = bench("--only", "hidden", "--out", page.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("exists already: use --force");
  }

  /** A batch of 1,024 keeps more than 16 MiB for its backward pass; the smaller ones do not. */
  @Test
  void saysWhatHasNoRoom() {
    Program.Result run = bench("--only", "batch", "backend.memory=16m");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("batch 1024, all: not measured: backend.memory: a batch of 1,024 sequences")
        .containsPattern("256 +mle_step");
    assertThat(run.err()).contains("batch 1024, all: not measured");
  }

  @Test
  void saysWhatIsWrong() {
    assertFails(
        "no axis of --scale is named width; there are vocabulary, length", "--only", "width");
    assertFails("a file that ends in .html, found chart.png", "--out", "chart.png");
    String missing = folder.resolve("none").resolve("a.html").toString();
    assertFails("which is missing", "--out", missing);
    assertFails("--compare is for the standard figures", "--compare", "some.json");
    assertFails("backend.thraeds", "backend.thraeds=2");
    Program.Result run = Program.run("bench", "--out", "a.html");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--out is for the charts of --scale");
  }

  private static void assertFails(String message, String... arguments) {
    Program.Result run = bench(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(message);
  }
}
