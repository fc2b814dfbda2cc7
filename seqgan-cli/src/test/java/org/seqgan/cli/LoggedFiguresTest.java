package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Every round logs how often the discriminator was right and how rewards are spread")
class LoggedFiguresTest {
  private static final String TINY =
      """
      backend = reference
      task {
        name = oracle, vocabulary-size = 12, sequence-length = 4, embedding-size = 4, hidden-size = 4
        training-sequences = 64, test-sequences = 32, validation-sequences = 8
      }
      generator { name = lstm, embedding-size = 4, hidden-size = 4 }
      training.batch-size = 16
      evaluation.samples = 40
      """;

  private static final String CNN =
      "discriminator.embedding-size=4 discriminator.filter-widths=[1,2] discriminator.filter-counts=[3,3]";
  private static final String GAME =
      "training.generator-pretraining.epochs=1 training.adversarial.rounds=2 training.adversarial.steps=2";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seqgan | true | true | training.generator-pretraining.epochs=1 training.adversarial.rounds=2 training.discriminator-pretraining.rounds=1 reward.roll-outs=2 "
            + CNN,
        "rankgan | true | true | training.generator-pretraining.epochs=1 training.adversarial.rounds=2 training.ranker-pretraining.rounds=1 training.adversarial.roll-outs=2 "
            + CNN,
        "gsgan | true | false | " + GAME + " " + CNN,
        "relgan | true | false | training.critic.filter-widths=[1,2] training.critic.filters=3 training.critic.representations=2 "
            + GAME,
        "wgan-gp | true | false | training.adversarial.critic-steps=2 training.critic.channels=4 training.critic.blocks=1 "
            + GAME,
        "scratchgan | true | true | training.rounds=2 training.steps=2 training.token-discriminator.embedding-size=4 training.token-discriminator.hidden-size=4",
        "leakgan | true | true | generator=leakgan generator.embedding-size=4 generator.hidden-size=4 generator.goal-size=2 generator.step-size=2 generator.features.embedding-size=4 generator.features.filter-widths=[1,2] generator.features.filter-counts=[3,3] training.pretraining.rounds=1 training.pretraining.d-steps=1 training.pretraining.epochs=1 training.adversarial.rounds=2 "
            + CNN,
        "jsdgan | false | true | training.epochs=2"
      })
  void ofEveryMethodThatHasThem(String trainer, boolean accuracy, boolean reward, String options)
      throws IOException {
    Path run = folder.resolve(trainer);
    Path file = Files.writeString(folder.resolve("tiny.conf"), TINY);
    List<String> words = new ArrayList<>(List.of("train", file.toString(), "training=" + trainer));
    words.addAll(List.of(options.split(" ", -1)));
    words.addAll(List.of("-q", "--run", run.toString()));
    SmallRun.succeeds(words.toArray(String[]::new));
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(last.has("d-accuracy")).as(last.toString()).isEqualTo(accuracy);
    if (accuracy) {
      assertThat(last.get("d-accuracy").asDouble()).isBetween(0.0, 1.0);
    }
    String described = Files.readString(run.resolve("status.json"));
    assertThat(described.contains("d-accuracy")).as(described).isEqualTo(accuracy);
    assertThat(last.has("reward-q50")).as(last.toString()).isEqualTo(reward);
    if (reward) {
      double before = Double.NEGATIVE_INFINITY;
      for (int percent : new int[] {0, 10, 25, 50, 75, 90, 100}) {
        double quantile = last.get("reward-q" + percent).asDouble();
        assertThat(quantile).as("reward-q%d of %s", percent, last).isGreaterThanOrEqualTo(before);
        before = quantile;
      }
      assertThat(last.get("reward").asDouble())
          .isBetween(last.get("reward-q0").asDouble(), last.get("reward-q100").asDouble());
      assertThat(Files.readString(run.resolve("status.json"))).contains("reward-q25");
    }
  }
}
