package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/** Small runs of the real program that go wrong in one way each, and some that do not. */
@DisplayName("Training that goes wrong")
class TrainingHealthTest {
  @TempDir private Path folder;
  private TestPlugins plugins;

  @BeforeEach
  void makeTheFolder() throws IOException {
    plugins = new TestPlugins(folder);
  }

  private Path run() {
    return folder.resolve("run");
  }

  /** A few seconds of quickstart: all three phases, evaluated after every epoch and round. */
  private Program.Result train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "quickstart",
                "task.training-sequences=300",
                "task.test-sequences=200",
                "training.generator-pretraining.epochs=3",
                "training.discriminator-pretraining.rounds=1",
                "training.adversarial.rounds=3",
                "training.adversarial.g-steps=1",
                "evaluation.samples=200",
                "evaluation.every-epochs=1",
                "evaluation.every-rounds=1"));
    words.addAll(List.of(more));
    words.addAll(List.of("--run", run().toString(), "--plugins", plugins.folder().toString()));
    return Program.run(words.toArray(String[]::new));
  }

  private RunStatus status() {
    return RunStatus.read(new RunLayout(run()).status());
  }

  private static void assertDone(Program.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** One warning and no other: as it happens, at the end, in the status and in the report. */
  private void assertOnly(Program.Result result, WarningKind kind, String message)
      throws IOException {
    assertDone(result);
    assertThat(status().warnings())
        .hasSize(1)
        .first()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).contains(kind);
              assertThat(warning.message()).contains(message);
            });
    RunStatus.Warning warning = status().warnings().get(0);
    assertThat(result.out().lines())
        .filteredOn(line -> line.startsWith("warning ("))
        .containsExactly(
            "warning (%s %d): %s: %s"
                .formatted(
                    warning.position().phase().label(),
                    warning.position().step(),
                    kind.label(),
                    warning.message()));
    assertThat(result.out())
        .contains(
            "Warnings of this run, which docs/training-health.md explains:\n  %s (%s): %s\n"
                .formatted(kind.label(), warning.when(), warning.message()));
    assertThat(Files.readString(new RunLayout(run()).report()))
        .contains("<h2>Warnings</h2>", "<strong>" + kind.label() + "</strong>");
  }

  private void assertNone(Program.Result result) throws IOException {
    assertDone(result);
    assertThat(status().warnings()).isEmpty();
    assertThat(result.out()).doesNotContainIgnoringCase("warning");
    assertThat(Files.readString(new RunLayout(run()).report())).doesNotContain("<h2>Warnings");
  }

  // ---- what does not ----

  @ParameterizedTest(name = "reward {0}")
  @ValueSource(strings = {"discriminator", "bleu", "shuffled", "random", "constant"})
  void isNoRunOfABuiltInReward(String reward) throws IOException {
    assertNone(train("reward=" + reward));
  }

  @Test
  void isNoRunWhoseRewardIsSmallByItsNature() throws IOException {
    // Of all rewards below 0.001 the discriminator was blamed, also of those that do not ask it.
    plugins.reward(
        "for (int i = 0; i < values.length; i++) { values[i] = 1e-6f * sequences.tokens()[i]; }");
    assertNone(train("reward=odd"));
  }

  @Test
  void isNoRunOfATaskOfFewSequences() throws IOException {
    // Three tokens make nine sequences of two: real data are no more varied than the samples.
    assertNone(
        train(
            "task.vocabulary-size=3",
            "task.sequence-length=2",
            "discriminator.filter-widths=[1]",
            "discriminator.filter-counts=[10]"));
  }

  // ---- what does ----

  @Test
  void byAHugeLearningRateHasARisingLoss() throws IOException {
    assertOnly(
        train("training.generator-pretraining.optimizer.learning-rate=10"),
        WarningKind.RISING_LOSS,
        "lower the learning rate");
    assertThat(status().warnings().get(0).position())
        .isEqualTo(new Position(Phase.GENERATOR_PRETRAINING, 1));
    assertThat(status().warnings().get(0).times()).isEqualTo(3);
  }

  @Test
  void byARewardThatIsTheSameForAllTokensSaysSo() throws IOException {
    plugins.reward("Arrays.fill(values, 0.25f);");
    assertOnly(train("reward=odd"), WarningKind.CONSTANT_REWARD, "all tokens have the same reward");
    assertThat(status().warnings().get(0).when())
        .isEqualTo("3 times, adversarial 1 to adversarial 3");
  }

  @Test
  void byAGeneratorThatCollapsesSaysSo() throws IOException {
    // PG-BLEU without a baseline and with large steps, which writes a few likely n-grams soon.
    assertOnly(
        train(
            "reward=bleu",
            "reward.roll-outs=2",
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.d-steps=0",
            "training.adversarial.g-steps=10",
            "training.adversarial.rounds=8",
            "training.adversarial.generator-optimizer.learning-rate=0.05"),
        WarningKind.COLLAPSE,
        "the generator has collapsed");
  }

  @Test
  void byADiscriminatorThatKnowsAllRealSequencesByHeartSaysSo() throws IOException {
    plugins.discriminator("scores[i] = real ? 1 : 1e-6f * (1 + token);");
    assertOnly(
        train("discriminator=odd"),
        WarningKind.SATURATED_DISCRIMINATOR,
        "the discriminator is right about real and generated sequences and sure of it");
  }

  @Test
  void byADiscriminatorThatNobodyAsksIsNoMatter() throws IOException {
    plugins.discriminator("scores[i] = real ? 1 : 1e-6f * (1 + token);");
    assertNone(train("discriminator=odd", "reward=bleu"));
  }

  @Test
  void byARewardThatExplodesHasAnExplodingGradient() throws IOException {
    plugins.reward(
        """
        float size = calls == 7 ? 1000 : 1;
        for (int i = 0; i < values.length; i++) { values[i] = size * (1 + i % 3); }
        """);
    assertOnly(
        train("reward=odd", "training.adversarial.rounds=8"),
        WarningKind.GRADIENT_NORM,
        "g-gradient-norm is ");
    assertThat(status().warnings().get(0).position()).isEqualTo(new Position(Phase.ADVERSARIAL, 7));
  }

  @Test
  void byAStepSizeOfNothingStalls() throws IOException {
    assertOnly(
        train(
            "training.generator-pretraining.optimizer.learning-rate=0",
            "training.generator-pretraining.epochs=20",
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.rounds=0"),
        WarningKind.STALLED,
        "in the last 20 evaluations: learning has stalled");
  }

  @Test
  void byAMetricThatGivesWhatItCannotGiveNamesItsJar() throws IOException {
    plugins.metric("return List.of(Score.of(odd, 1.5));");
    assertOnly(
        train(
            "evaluation.metrics=[nll-gen, odd]",
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.rounds=0"),
        WarningKind.METRIC_VALUE,
        "odd is 1.500, expected a finite number from 0 to 1: if the losses are sound, metric plugin"
            + " 'odd' (%s) is wrong".formatted(plugins.jar("metric")));
  }

  @Test
  void byALossThatIsNoNumberEndsWithItsStepAndTheRemedy() {
    Program.Result result = train("training.generator-pretraining.optimizer.learning-rate=1e38");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .matches(
            "seqgan: g-(loss|gradient-norm) became (NaN|Infinity) in generator-pretraining step 1:"
                + " training has diverged; lower the learning rate or set a \\(lower\\) clip-norm\n");
    assertThat(status().state()).isEqualTo(RunStatus.State.FAILED);
  }

  // ---- stopping on it ----

  @Test
  void stopsWhereItIsToldToWithItsStateSaved() throws IOException {
    plugins.reward("Arrays.fill(values, 0.25f);");
    Program.Result result = train("reward=odd", "training.stop-on=[collapse, constant-reward]");
    assertThat(result.exitCode()).isEqualTo(8);
    assertThat(result.err())
        .startsWith(
            "seqgan: training was stopped after adversarial 1, as training.stop-on says, and its"
                + " state is saved: constant-reward: all tokens have the same reward")
        .hasLineCount(1);
    assertThat(result.out()).contains("  constant-reward (adversarial 1): all tokens");
    assertThat(status().state()).isEqualTo(RunStatus.State.FAILED);
    assertThat(status().position()).isEqualTo(new Position(Phase.ADVERSARIAL, 1));
    assertThat(status().message())
        .hasValueSatisfying(why -> assertThat(result.err()).isEqualTo("seqgan: " + why + "\n"));
    assertThat(Files.isDirectory(run().resolve("checkpoints/adversarial-000001"))).isTrue();

    // It goes on from there, and stops again: the reward is what it was.
    Program.Result resumed =
        Program.run(
            "train",
            "--resume",
            "--run",
            run().toString(),
            "--plugins",
            plugins.folder().toString());
    assertThat(resumed.exitCode()).isEqualTo(8);
    assertThat(resumed.err()).startsWith("seqgan: training was stopped after adversarial 2");
    assertThat(status().warnings())
        .extracting(RunStatus.Warning::position, RunStatus.Warning::last, RunStatus.Warning::times)
        .containsExactly(
            tuple(new Position(Phase.ADVERSARIAL, 1), new Position(Phase.ADVERSARIAL, 2), 2));
  }

  @Test
  void doesNotStopForWhatItIsNotToldTo() throws IOException {
    plugins.reward("Arrays.fill(values, 0.25f);");
    assertOnly(
        train("reward=odd", "training.stop-on=[collapse, stalled]"),
        WarningKind.CONSTANT_REWARD,
        "all tokens");
  }

  @Test
  void isNamedByKindsThatExist() {
    Program.Result result = train("training.stop-on=[colapse]");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("training.stop-on[0]", "found \"colapse\"; did you mean collapse?");
  }
}
