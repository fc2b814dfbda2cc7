package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/trainer-of-your-own}, built as its own build would, but without it; {@code
 * OutsideProjectsCheck} runs its tests.
 */
@DisplayName("The example of a trainer plugin")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainerExampleTest {
  @TempDir private Path folder;
  private ExampleProject example;

  @BeforeAll
  void buildTheJar(@TempDir Path built) throws IOException {
    example = ExampleProject.build("trainer-of-your-own", built);
  }

  @Test
  void isListedWithItsOptions() {
    assertThat(run("plugins").out())
        .containsPattern("training +learned-baseline +policy gradient .* +trainer-of-your-own.jar");
    assertThat(run("plugins", "show", "learned-baseline").out())
        .containsPattern("game.rounds +whole number +30 +at least 0 ");
  }

  @Test
  void trainsByItsConfigurationAndItsFilesNameItsPhases() throws IOException {
    Path run = folder.resolve("run");
    Program.Result result = tinyTraining(run);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(Files.readString(run.resolve("config.conf")))
        .contains("training.name = learned-baseline", "reward.name = bleu")
        .doesNotContain("\ndiscriminator.");
    assertThat(Files.readString(run.resolve("metrics.jsonl")))
        .contains("\"phase\":\"0-likelihood\",\"step\":2", "\"phase\":\"1-game\",\"step\":2")
        .contains("\"baseline-loss\":", "\"nll-oracle\":");
    assertThat(run.resolve("checkpoints/1-game-000002/baseline-optimizer.safetensors")).exists();
    assertThat(run("sample", run.toString(), "-n", "5").out().lines()).hasSize(5);
    assertThat(run("sample", run.toString(), "-n", "5", "--step", "0-likelihood-2").exitCode())
        .isZero();
  }

  @Test
  void aRunThatIsExtendedIsWhatItWouldHaveBeenIfPlannedLonger() throws IOException {
    Path longer = folder.resolve("longer");
    assertThat(tinyTraining(longer, "training.game.rounds=4").exitCode()).isZero();
    Path run = folder.resolve("extended");
    assertThat(tinyTraining(run).exitCode()).isZero();
    Program.Result extended =
        run("train", "--resume", "--run", run.toString(), "training.game.rounds=4", "-q");
    assertThat(extended.exitCode()).as(extended.err()).isZero();
    for (String model : List.of("generator", "baseline", "baseline-optimizer")) {
      Path file = Path.of("checkpoints", "1-game-000004", model + ".safetensors");
      assertThat(run.resolve(file)).as(model).hasSameBinaryContentAs(longer.resolve(file));
    }
  }

  @Test
  void aSectionThatItDoesNotUseIsAnError() {
    Program.Result result = tinyTraining(folder.resolve("none"), "discriminator=cnn");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("trainer 'learned-baseline' uses no discriminator, so this would change nothing");
  }

  @Test
  void itsRewardsAreExplainedWithoutADiscriminator() {
    Path run = folder.resolve("explained");
    assertThat(tinyTraining(run).exitCode()).isZero();
    Program.Result result = run("explain", run.toString(), "-n", "1");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("trainer learned-baseline, reward bleu", "Note: the trainer has no discriminator")
        .containsPattern("position +token +Q +spread +weight")
        .doesNotContain("accuracy", "no mean over its roll-outs");
  }

  @Test
  void aRewardThatAsksForADiscriminatorIsAnError() {
    Program.Result result = tinyTraining(folder.resolve("asks"), "reward=discriminator");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "reward 'discriminator' asks for a discriminator, and trainer 'learned-baseline' has none");
    assertThat(folder.resolve("asks").resolve("metrics.jsonl")).doesNotExist();
  }

  @Test
  void aRunOfAnotherTrainerCannotGoOnWithIt() {
    Path run = folder.resolve("other");
    assertThat(tinyTraining(run).exitCode()).isZero();
    Program.Result result =
        run(
            "train",
            "--resume",
            "--run",
            run.toString(),
            "training.name=seqgan",
            "discriminator.filter-widths=[1,2]",
            "discriminator.filter-counts=[4,4]",
            "--with-changes",
            "-q");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(result.err()).contains("which trainer 'seqgan' does not have");
  }

  @Test
  void beginsWithWhatARunOfAnotherTrainerHas() throws IOException {
    Path donor = folder.resolve("donor");
    assertThat(tinyTraining(donor).exitCode()).isZero();
    Path run = folder.resolve("seqgan");
    Program.Result game = algorithmOne(run, "--from", donor.toString());
    assertThat(game.exitCode()).as(game.err()).isZero();
    assertThat(Files.readString(run.resolve("status.json")))
        .contains(
            "begins with the weights of " + donor,
            "it has no discriminator, roll-out-policy, which begin anew; its baseline is not taken")
        .doesNotContain("trained with other options");
    Program.Result back = tinyTraining(folder.resolve("back"), "--from", run.toString());
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(Files.readString(folder.resolve("back").resolve("status.json")))
        .contains(
            "it has no baseline, which begins anew; its discriminator, roll-out-policy are not taken")
        .doesNotContain("trained with other options");
  }

  private Program.Result algorithmOne(Path run, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "train",
            "quickstart",
            "task.training-sequences=64",
            "task.test-sequences=32",
            "task.validation-sequences=16",
            "training.batch-size=16",
            "training.generator-pretraining.epochs=1",
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.rounds=0",
            "evaluation.samples=32"));
    words.addAll(List.of(more));
    words.addAll(List.of("--run", run.toString(), "-q"));
    return run(words.toArray(String[]::new));
  }

  private Program.Result tinyTraining(Path run, String... overrides) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", example.project().resolve("baseline.conf").toString()));
    words.addAll(
        List.of(
            "task.training-sequences=64",
            "task.test-sequences=32",
            "task.validation-sequences=16",
            "training.batch-size=16",
            "training.likelihood.epochs=2",
            "training.game.rounds=2",
            "training.game.batches=2",
            "evaluation.samples=32"));
    words.addAll(List.of(overrides));
    words.addAll(List.of("--run", run.toString(), "-q"));
    return run(words.toArray(String[]::new));
  }

  private Program.Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--plugins", example.plugins().toString()));
    return Program.run(all.toArray(String[]::new));
  }
}
