package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.CheckpointChoice;
import org.w3c.dom.Document;

@DisplayName("seqgan explain")
class ExplainTest {
  private static final int ROLL_OUTS = 4;
  private static final int BATCH = 16;

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() {
    run = SmallRun.train(folder.resolve("run"), "reward.roll-outs=" + ROLL_OUTS);
  }

  private static JsonNode explain(Path of, String... more) throws IOException {
    String[] words = new String[more.length + 4];
    words[0] = "explain";
    words[1] = of.toString();
    words[2] = "--format";
    words[3] = "json";
    System.arraycopy(more, 0, words, 4, more.length);
    return new ObjectMapper().readTree(SmallRun.succeeds(words).out());
  }

  @Test
  void theRewardsAreThoseOfTrainingAndTheMeansOfTheirRollOuts() throws IOException {
    JsonNode found = explain(run, "-n", "5", "--seed", "7");
    try (TrainedRun trained =
        TrainedRun.openWhole(
            run,
            new CheckpointChoice.Last(),
            PluginRegistry.discover(Main.class.getClassLoader()),
            new PrintWriter(Writer.nullWriter()))) {
      Experiment experiment = trained.experiment();
      RandomStream stream = RandomStream.of(7).split("explain");
      Sequences batch =
          experiment.generator().sample(BATCH, Decoding.SAMPLE, stream.split("sample"));
      Generator policy = experiment.model("roll-out-policy", Generator.class).orElseThrow();
      Discriminator judge = experiment.model("discriminator", Discriminator.class).orElseThrow();
      TokenValues q = experiment.models().reward(batch, policy, judge, Decoding.SAMPLE, stream);
      Completions completions =
          policy.complete(batch, ROLL_OUTS, Decoding.SAMPLE, stream.split("roll-out"));
      float[] scores = judge.probabilityReal(completions);
      float[] whole = judge.probabilityReal(batch);
      assertThat(found.get("sequences")).hasSize(5);
      for (int i = 0; i < 5; i++) {
        JsonNode sequence = found.get("sequences").get(i);
        assertThat(sequence.get("probability-real").floatValue()).isEqualTo(whole[i]);
        JsonNode tokens = sequence.get("tokens");
        assertThat(tokens).hasSize(batch.length(i));
        for (int t = 0; t < tokens.size(); t++) {
          assertThat(tokens.get(t).get("token").intValue()).isEqualTo(batch.token(i, t));
          assertThat(tokens.get(t).get("q").floatValue()).isEqualTo(q.get(i, t));
          assertThat(tokens.get(t).get("weight").floatValue()).isEqualTo(q.get(i, t));
          boolean last = t == tokens.size() - 1;
          assertThat(tokens.get(t).has("spread")).isEqualTo(!last);
          if (!last) {
            assertMeanAndSpread(tokens.get(t), scores, t, i);
          }
        }
      }
    }
  }

  private static void assertMeanAndSpread(JsonNode token, float[] scores, int t, int i) {
    double mean = 0;
    for (int n = 0; n < ROLL_OUTS; n++) {
      mean += scores[(t * ROLL_OUTS + n) * BATCH + i] / (double) ROLL_OUTS;
    }
    double variance = 0;
    for (int n = 0; n < ROLL_OUTS; n++) {
      variance += Math.pow(scores[(t * ROLL_OUTS + n) * BATCH + i] - mean, 2) / ROLL_OUTS;
    }
    assertThat(token.get("q").asDouble()).isCloseTo(mean, within(1e-6));
    assertThat(token.get("spread").asDouble()).isCloseTo(Math.sqrt(variance), within(1e-6));
  }

  @Test
  void whatItCountsAddsUp() throws IOException {
    JsonNode found = explain(run);
    assertThat(found.get("sequences")).hasSize(3);
    assertThat(found.get("batch").intValue()).isEqualTo(BATCH);
    double shares = 0;
    for (JsonNode position : found.get("gradient")) {
      shares += position.get("share").asDouble();
    }
    assertThat(found.get("gradient")).hasSize(4);
    assertThat(shares).isCloseTo(1, within(1e-9));
    JsonNode judged = found.get("discriminator");
    for (String kind : new String[] {"training", "held-out", "generated"}) {
      int sum = 0;
      for (JsonNode bin : judged.get(kind).get("histogram")) {
        sum += bin.intValue();
      }
      assertThat(sum).as(kind).isEqualTo(judged.get(kind).get("count").intValue()).isPositive();
    }
    assertThat(judged.get("training").get("count").intValue()).isEqualTo(64);
    assertThat(judged.get("held-out").get("count").intValue()).isEqualTo(8);
    assertThat(judged.get("accuracy").asDouble())
        .isEqualTo(
            (judged.get("training").get("right").asDouble()
                    + judged.get("generated").get("right").asDouble())
                / 2);
  }

  @Test
  void saysTheSameAgainAndAnotherThingOfAnotherSeedOrStep() throws IOException {
    assertThat(explain(run)).isEqualTo(explain(run)).isNotEqualTo(explain(run, "--seed", "2"));
    JsonNode earlier = explain(run, "--step", "discriminator-pretraining-1");
    assertThat(earlier.get("checkpoint").asText()).isEqualTo("discriminator-pretraining-1");
    assertThat(earlier.get("gradient")).isNotEqualTo(explain(run).get("gradient"));
  }

  @Test
  void beforeTheGameRollOutsAreTheGeneratorsAndTheDiscriminatorIsSaidToKnowNothing()
      throws IOException {
    String early = "generator-pretraining-2";
    try (TrainedRun trained =
        TrainedRun.openWhole(
            run,
            new CheckpointChoice.Named(early),
            PluginRegistry.discover(Main.class.getClassLoader()),
            new PrintWriter(Writer.nullWriter()))) {
      NamedArrays generator = trained.experiment().generator().parameters();
      NamedArrays policy =
          trained.experiment().model("roll-out-policy", Generator.class).orElseThrow().parameters();
      for (String name : generator.names()) {
        assertThat(policy.get(name).values()).as(name).isEqualTo(generator.get(name).values());
      }
    }
    Path page = folder.resolve("early.html");
    JsonNode found = explain(run, "--step", early, "--out", page.toString());
    String warning =
        "the discriminator of checkpoint generator-pretraining-2 has had no lesson: what it says of";
    assertThat(found.get("warnings")).hasSize(1);
    assertThat(found.get("warnings").get(0).asText()).startsWith(warning);
    assertThat(Files.readString(page)).contains("Warning: " + warning);
    assertThat(explain(run).get("warnings")).isEmpty();
  }

  @Test
  void printsTablesAndWritesAPage() throws Exception {
    Path page = folder.resolve("page.html");
    Map<String, String> before = SmallRun.contents(run);
    Program.Result result = SmallRun.succeeds("explain", run.toString(), "--out", page.toString());
    assertThat(result.out())
        .contains("Checkpoint adversarial-3, trainer seqgan, reward discriminator")
        .containsPattern("accuracy 0\\.\\d{4} on as many training sequences as generated ones")
        .containsPattern("0\\.4 to 0\\.5 +\\d+")
        .containsPattern("position +token +Q +spread +weight")
        .contains("####", "Sequence 3, D 0.", "Wrote " + page);
    String text = Files.readString(page);
    assertThat(text).contains("The policy gradient by position").doesNotContain("<script");
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2 * (30 + 4));
    assertThat(SmallRun.contents(run)).as("the run").isEqualTo(before);
  }

  @Test
  void saysWhatARewardDoesNotHave() throws IOException {
    Path constant = folder.resolve("constant");
    List<String> words = new ArrayList<>(List.of(SmallRun.words(constant, "reward=constant")));
    words.remove("reward.roll-outs=2");
    SmallRun.succeeds(words.toArray(String[]::new));
    JsonNode found = explain(constant);
    assertThat(found.get("notes").get(0).asText())
        .isEqualTo("the reward completes no prefixes, so that its tokens have no spread");
    assertThat(found.get("sequences").get(0).get("tokens").get(0).get("q").asDouble()).isEqualTo(1);
    assertThat(found.has("discriminator")).isTrue();
  }

  @Test
  void takesTheBaselineOfTheCheckpointOff() throws IOException {
    Path moving =
        SmallRun.train(folder.resolve("moving"), "training.adversarial.baseline=moving-average");
    JsonNode tokens = explain(moving).get("sequences").get(0).get("tokens");
    for (JsonNode token : tokens) {
      assertThat(token.get("weight").asDouble()).isNotEqualTo(token.get("q").asDouble());
      assertThat(Math.abs(token.get("weight").asDouble())).isLessThan(token.get("q").asDouble());
    }
  }

  @Test
  void refusesInALineWhatItCannotExplain() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("jsdgan.conf"),
            """
            backend = reference
            task {
              name = oracle, vocabulary-size = 12, sequence-length = 4, embedding-size = 4
              hidden-size = 4, training-sequences = 64, test-sequences = 32, validation-sequences = 8
            }
            generator { name = lstm, embedding-size = 4, hidden-size = 4 }
            training { name = jsdgan, batch-size = 16, epochs = 1 }
            evaluation.samples = 40
            """);
    Path other = folder.resolve("jsdgan");
    SmallRun.succeeds("train", file.toString(), "-q", "--run", other.toString());
    Program.Result result = Program.run("explain", other.toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith(
            "seqgan: expected a run of a trainer that uses a reward, such as seqgan, found trainer 'jsdgan'");
    assertThat(Program.run("explain", run.toString(), "-n", "0").err())
        .contains("-n must be at least 1, found 0");
    assertThat(Program.run("explain", run.toString(), "--out", "page.txt").err())
        .contains("--out takes a file that ends in .html, found page.txt");
  }
}
