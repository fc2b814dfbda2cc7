package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.core.config.Presets;

class PresetsTest {
  private static final String[] SMALL = {
    "training.generator-pretraining.epochs=1",
    "training.discriminator-pretraining.rounds=1",
    "training.adversarial.rounds=1",
    "reward.roll-outs=2",
    "evaluation.samples=16"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetIsAValidConfiguration(String preset) {
    Program.Result result = Program.run("config", preset);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  private static Stream<String> names() {
    return Presets.descriptions().keySet().stream();
  }

  @ParameterizedTest
  @ValueSource(strings = {"poems", "speeches"})
  void aTaskWithASampleTrainsWithoutAnythingElse(String preset) {
    assertThat(train(preset).exitCode()).isZero();
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("built-in sample, written for seqgan, NOT the corpus");
  }

  @Test
  void theReleasedPresetsDifferInTheOracleAlone() {
    List<String> fresh = values("released");
    List<String> fetched = values("released-corpus");
    assertThat(fetched)
        .containsAll(fresh.stream().filter(line -> !line.startsWith("# task.param")).toList())
        .contains("task.parameters = corpus");
    assertThat(fresh).doesNotContain("task.parameters = corpus");
  }

  @Test
  void aFileMayHaveTheNameOfTheWord() {
    assertThat(Program.run("config", "released", "task.parameters=./corpus").out())
        .contains("task.parameters = \"" + Path.of("corpus").toAbsolutePath() + "\"");
  }

  private static List<String> values(String preset) {
    return Program.run("config", preset)
        .out()
        .lines()
        .filter(line -> line.contains(" = "))
        .map(line -> line.replaceFirst(" +#.*", ""))
        .toList();
  }

  @Test
  void sampledPoemsStandApart() {
    train("poems");
    String run = folder.resolve("run").toString();
    assertThat(Program.run("sample", run, "-n", "3").out()).matches("(?:(?:.{5}\\R){4}\\R){3}");
  }

  private Program.Result train(String preset) {
    String[] run = {"train", preset, "--run", folder.resolve("run").toString()};
    return Program.run(Stream.concat(Stream.of(run), Stream.of(SMALL)).toArray(String[]::new));
  }
}
