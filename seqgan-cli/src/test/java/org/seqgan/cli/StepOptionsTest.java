package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("ColdGAN's temperature and TextGAIL's demonstrations in a run of seqgan")
class StepOptionsTest {
  private static final String GAME = "training.adversarial.";

  @TempDir private static Path folder;
  private static List<String> plain = List.of();

  @BeforeAll
  static void train() throws IOException {
    plain = SmallRun.metrics(SmallRun.train(folder.resolve("plain")));
  }

  @Test
  void changeNothingWhereTheyAreOff() throws IOException {
    Path run =
        SmallRun.train(
            folder.resolve("off"),
            GAME + "sampling-temperature=1.0",
            GAME + "importance-clip=0.5",
            GAME + "demonstrations=0",
            GAME + "demonstration-reward=9");
    assertThat(SmallRun.metrics(run)).isEqualTo(plain);
    assertThat(plain).noneMatch(line -> line.contains("importance-weight"));
  }

  @Test
  void drawColderAndLogTheWeights() throws IOException {
    List<String> cold =
        SmallRun.metrics(SmallRun.train(folder.resolve("cold"), GAME + "sampling-temperature=0.5"));
    assertThat(cold.get(cold.size() - 1)).contains("\"importance-weight\":");
    assertThat(cold).isNotEqualTo(plain);
  }

  @Test
  void showRealSequencesToTheGenerator() throws IOException {
    List<String> shown =
        SmallRun.metrics(SmallRun.train(folder.resolve("shown"), GAME + "demonstrations=0.5"));
    List<String> more =
        SmallRun.metrics(
            SmallRun.train(
                folder.resolve("more"),
                GAME + "demonstrations=0.5",
                GAME + "demonstration-reward=2"));
    assertThat(shown).isNotEqualTo(plain);
    assertThat(more).isNotEqualTo(shown);
  }

  @Test
  void haveRanges() {
    assertThat(Program.run("config", "quickstart", GAME + "demonstrations=1").err())
        .contains("demonstrations");
    assertThat(Program.run("config", "quickstart", GAME + "sampling-temperature=0").err())
        .contains("sampling-temperature");
    assertThat(
            Program.run(
                    "config", "quickstart", "training.batch-size=16", GAME + "demonstrations=0.02")
                .err())
        .contains("adversarial.demonstrations is 0.02, which is no sequence of the 16");
  }
}
