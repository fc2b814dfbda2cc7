package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Runs of the program")
@Tag("slow")
class TrainingRunTest {
  /** A few seconds of work that goes through all three phases. */
  private static final List<String> SHORT =
      List.of(
          "task.training-sequences=300",
          "task.test-sequences=200",
          "training.generator-pretraining.epochs=3",
          "training.discriminator-pretraining.rounds=2",
          "training.adversarial.rounds=3",
          "evaluation.samples=200");

  @TempDir private Path folder;

  @Test
  void quickstartEndsWithALowerNllOracleThanItsPretraining() throws IOException {
    Path run = folder.resolve("run");
    succeeds(
        "train", "quickstart", "training.adversarial.rounds=20", "-q", "--run", run.toString());
    List<JsonNode> lines = metrics(run);
    double pretrained = last(lines, "generator-pretraining").get("nll-oracle").doubleValue();
    JsonNode end = last(lines, "adversarial");
    assertThat(end.get("nll-oracle").doubleValue())
        .as("NLL_oracle after the game, %s before it; NLL_gen %s", pretrained, end.get("nll-gen"))
        .isLessThan(pretrained);
    // It did not get there by collapsing.
    assertThat(end.get("distinct-sequences").doubleValue()).isGreaterThan(0.95);
  }

  @Test
  void sameSeedGivesTheSameMetricsForAnyNumberOfThreads() throws IOException {
    Path one = shortRun("one", "backend.threads=1");
    Path two = shortRun("two", "backend.threads=2");
    assertThat(withoutTimes(two)).isEqualTo(withoutTimes(one)).hasSizeGreaterThan(7);
    Path other = shortRun("other", "seed=2");
    assertThat(withoutTimes(other)).isNotEqualTo(withoutTimes(one));
  }

  @ParameterizedTest(name = "reward {0}")
  @ValueSource(strings = {"bleu", "constant", "random", "shuffled"})
  void everyRewardTrains(String reward) throws IOException {
    assertThat(
            last(metrics(shortRun(reward, "reward=" + reward)), "adversarial")
                .get("step")
                .intValue())
        .isEqualTo(3);
  }

  @ParameterizedTest(name = "generator {0}")
  @ValueSource(strings = {"unigram", "random"})
  void theAnchorsTrainByTheSameAlgorithm(String generator) throws IOException {
    Path run =
        shortRun(
            generator,
            "generator=" + generator,
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.rounds=0");
    assertThat(last(metrics(run), "generator-pretraining").get("nll-oracle").doubleValue())
        .isPositive();
    assertThat(succeeds("sample", run.toString(), "-n", "5").out().lines()).hasSize(5);
  }

  @Test
  void otherMetricsAreMeasuredAfterwards() throws IOException {
    Path run = shortRun("measured", "evaluation.metrics=[nll-oracle, nll-gen, distinct]");
    assertThat(last(metrics(run), "adversarial").has("distinct-3")).isTrue();
    String path = run.toString();
    String text =
        succeeds(
                "evaluate",
                path,
                "--metrics",
                "nll-oracle,nll-gen,bleu-2,self-bleu-2,copied,reverse-perplexity",
                "--temperatures",
                "0.5,1.5")
            .out();
    assertThat(text)
        .contains("real data", "mean BLEU-2 of 200 samples, each against")
        .containsPattern("temperature +nll-oracle +bleu-2 +self-bleu-2 +copied")
        .containsPattern("\n0\\.5 +[0-9.]+ ")
        .containsPattern(
            "quality +over self-bleu-2 +area +mean +at real data's self-bleu-2 +real data\n")
        .containsPattern("\nbleu-2 +0\\.[0-9]+ to [01]\\.[0-9]+ +[0-9.]+ +0\\.[0-9]+ ");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                succeeds(
                        "evaluate",
                        path,
                        "--metrics=self-bleu-2,bleu-2",
                        "--temperatures=0.5,1.5",
                        "--format=json")
                    .out());
    JsonNode points = json.get("temperatures");
    assertThat(points.get(0).get("self-bleu-2").doubleValue())
        .isGreaterThan(points.get(1).get("self-bleu-2").doubleValue());
    JsonNode area = json.get("areas").get(0);
    assertThat(area.get("quality").asText()).isEqualTo("bleu-2");
    assertThat(area.get("from").doubleValue())
        .isEqualTo(points.get(1).get("self-bleu-2").doubleValue());
    assertThat(area.get("to").doubleValue())
        .isEqualTo(points.get(0).get("self-bleu-2").doubleValue());
    double mean =
        (points.get(0).get("bleu-2").doubleValue() + points.get(1).get("bleu-2").doubleValue()) / 2;
    assertThat(area.get("mean").doubleValue()).isCloseTo(mean, within(1e-9));
    assertThat(json.get("real").get("bleu-2").doubleValue()).isBetween(0.0, 1.0);
    assertThat(json.get("identities").get("bleu-2").get("references").asText())
        .isEqualTo("test sequences");
    // Scores that depend on how many sequences there are stand beside those of as many real ones.
    Program.Result many =
        succeeds("evaluate", path, "--metrics=self-bleu-2,ngram-jsd-1,bleu-2", "--samples=301");
    assertThat(many.err())
        .contains("no value of real data beside self-bleu-2, ngram-jsd-1, which", "--samples 300");
    assertThat(many.out())
        .containsPattern("self-bleu-2 +[0-9.]+ +mean")
        .containsPattern("ngram-jsd-1 +[0-9.]+ +Jensen")
        .containsPattern("bleu-2 +[0-9.]+ +[0-9.]+ +mean");
    Program.Result misspelt = Program.run("evaluate", path, "--metrics", "blue-2");
    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.err()).contains("no metric is named 'blue-2'; known are bleu-2");
    Program.Result unswept =
        Program.run("evaluate", path, "--temperatures=0.5", "--diversity=distinct-2");
    assertThat(unswept.exitCode()).isEqualTo(2);
    assertThat(unswept.err())
        .isEqualToIgnoringNewLines(
            "seqgan: --diversity is for several --temperatures, found 1; give more, or leave it out");
    Program.Result unmeasured =
        Program.run(
            "evaluate", path, "--temperatures=0.5,1", "--diversity=nll-gen", "--metrics=bleu-2");
    assertThat(unmeasured.exitCode()).isEqualTo(2);
    assertThat(unmeasured.err())
        .isEqualToIgnoringNewLines(
            "seqgan: the diversity 'nll-gen' is not among the scores that are measured at each temperature: bleu-2; take one of them, or add it to the metrics");
  }

  @Test
  void scheduledSamplingAndBaselineTrain() throws IOException {
    Path run =
        shortRun(
            "options",
            "training.generator-pretraining.inputs=scheduled-sampling",
            "training.adversarial.baseline=moving-average",
            "training.adversarial.roll-out-update-rate=0.5",
            "training.adversarial.temperature=0.8",
            "training.adversarial.negatives=100");
    assertThat(last(metrics(run), "adversarial").get("nll-gen").doubleValue()).isPositive();
  }

  @Test
  void aRunCanBeSampledEvaluatedAndRepeatedFromItsOwnConfiguration() throws IOException {
    Path run = shortRun("run");
    String samples = succeeds("sample", run.toString(), "-n", "20").out();
    assertThat(samples.lines()).hasSize(20).allMatch(line -> line.matches("\\d+( \\d+){7}"));
    String evaluation = succeeds("evaluate", run.toString(), "--format", "json").out();
    assertThat(new ObjectMapper().readTree(evaluation).get("nll-oracle").doubleValue())
        .isPositive();
    assertThat(run.resolve("report.html")).content().contains("<svg");

    Path again = folder.resolve("again");
    succeeds("train", run.resolve("config.conf").toString(), "-q", "--run", again.toString());
    assertThat(withoutTimes(again)).isEqualTo(withoutTimes(run));
  }

  @Test
  void aResumedRunEndsLikeAnUninterruptedOne() throws IOException {
    Path whole = shortRun("whole");
    // The first two phases alone leave a checkpoint after each; then the game is asked for.
    Path parts = shortRun("parts", "training.adversarial.rounds=0");
    succeeds("train", "--resume", "-q", "--run", parts.toString(), "training.adversarial.rounds=3");
    assertThat(withoutTimes(parts)).isEqualTo(withoutTimes(whole));
  }

  @Test
  void jsonProgressIsOneObjectALine() throws IOException {
    List<String> args = new ArrayList<>(List.of("train", "quickstart"));
    args.addAll(SHORT);
    args.addAll(List.of("--format", "json", "--run", folder.resolve("json").toString()));
    Program.Result result = succeeds(args.toArray(String[]::new));
    ObjectMapper mapper = new ObjectMapper();
    List<String> events = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      events.add(mapper.readTree(line).get("event").asText());
    }
    assertThat(events)
        .startsWith("started")
        .endsWith("finished")
        .contains("measured", "sampled", "progress");
  }

  private Path shortRun(String name, String... overrides) {
    Path run = folder.resolve(name);
    List<String> args = new ArrayList<>(List.of("train", "quickstart"));
    args.addAll(SHORT);
    args.addAll(List.of(overrides));
    args.addAll(List.of("-q", "--run", run.toString()));
    assertThat(succeeds(args.toArray(String[]::new)).out()).isEmpty();
    return run;
  }

  private static Program.Result succeeds(String... args) {
    Program.Result result = Program.run(args);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(org.seqgan.core.run.MetricsLog::withoutTimes)
        .toList();
  }

  private static JsonNode last(List<JsonNode> lines, String phase) {
    return lines.stream()
        .filter(line -> line.get("phase").asText().equals(phase) && line.has("nll-oracle"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
