package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/** Jars that are wrong in one way each, in the plugins folder of the real program. */
@DisplayName("A fault of a plugin")
class PluginFaultTest {
  @TempDir private Path folder;
  private TestPlugins plugins;

  @BeforeEach
  void makeTheFolder() throws IOException {
    plugins = new TestPlugins(folder);
  }

  /** A second of work: a step of each kind. */
  private Program.Result train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "quickstart",
                "task.training-sequences=64",
                "task.validation-sequences=8",
                "task.test-sequences=8",
                "training.generator-pretraining.epochs=1",
                "training.discriminator-pretraining.rounds=0",
                "training.adversarial.rounds=1",
                "training.adversarial.g-steps=1",
                "reward.roll-outs=1",
                "evaluation.samples=16"));
    if (String.join(" ", more).contains("reward=odd")) {
      words.remove("reward.roll-outs=1");
    }
    if (String.join(" ", more).contains("task=odd")) {
      words.removeIf(word -> word.startsWith("task."));
    }
    if (String.join(" ", more).contains("training=odd")) {
      words.removeIf(word -> word.startsWith("training.") || word.startsWith("reward."));
    }
    words.addAll(List.of(more));
    words.addAll(List.of("--run", run().toString(), "--plugins", plugins.folder().toString()));
    return Program.run(words.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("run");
  }

  /** One line that names kind, name and jar, and exit code 7. */
  private void assertFault(Program.Result result, String kind, String problem) {
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err())
        .startsWith("seqgan: %s plugin 'odd' (%s) %s".formatted(kind, plugins.jar(kind), problem))
        .contains("this is a fault of the plugin, tell its author");
    assertThat(result.exitCode()).isEqualTo(7);
  }

  @Test
  void aRewardThatIsNoNumber() throws IOException {
    plugins.reward("values[3] = Float.NaN;");
    Program.Result result = train("reward=odd");
    assertFault(
        result,
        "reward",
        "gave NaN for token 3 of sequence 0, expected a finite number in reward;");
    RunStatus status = RunStatus.read(new RunLayout(run()).status());
    assertThat(status.state()).isEqualTo(RunStatus.State.FAILED);
    assertThat(status.message()).hasValueSatisfying(why -> assertThat(why).contains("'odd'"));
  }

  @Test
  void aRewardOfTheWrongShape() throws IOException {
    plugins.rewardProvider(
        """
        public Reward create(RewardContext context, Options options) {
          return request -> new TokenValues(3, 5, new float[15]);
        }
        """);
    assertFault(train("reward=odd"), "reward", "gave [3, 5] rewards for [64, 8] tokens in reward;");
  }

  @Test
  void anExceptionOfARewardInTraining() throws IOException {
    plugins.reward("values[-1] = 1;");
    assertFault(
        train("reward=odd"),
        "reward",
        "failed in reward: ArrayIndexOutOfBoundsException: Index -1");
  }

  @Test
  void anExceptionFromCreateWithItsCauseOnRequest() throws IOException {
    plugins.rewardProvider(
        """
        public Reward create(RewardContext context, Options options) {
          throw new IllegalStateException("no table of rhymes");
        }
        """);
    assertFault(
        train("reward=odd"),
        "reward",
        "failed in create: IllegalStateException: no table of rhymes; ");
    Program.Result traced = train("reward=odd", "--stacktrace");
    assertThat(traced.exitCode()).isEqualTo(7);
    assertThat(traced.err())
        .contains("Caused by: java.lang.IllegalStateException: no table of rhymes\n")
        .containsPattern("\n\tat .*Odd0\\.create\\(Odd0\\.java:\\d+\\)");
  }

  @Test
  void aJarThatLacksAClass() throws IOException {
    plugins.rewardProvider(
        """
        public Reward create(RewardContext context, Options options) {
          throw new NoClassDefFoundError("com/example/Missing");
        }
        """);
    assertFault(
        train("reward=odd"),
        "reward",
        "failed in create: NoClassDefFoundError: com/example/Missing; ");
  }

  @Test
  void whatAPluginTellsTheUserIsNone() throws IOException {
    plugins.rewardProvider(
        """
        public Reward create(RewardContext context, Options options) {
          throw new UserException(UserException.Kind.DATA, "rhymes.txt:3: expected a word");
        }
        """);
    Program.Result result = train("reward=odd");
    assertThat(result.err()).isEqualTo("seqgan: rhymes.txt:3: expected a word\n");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aDiscriminatorsScoreThatIsNoProbability() throws IOException {
    plugins.discriminator("scores[i] = real ? 1 : Float.NaN;");
    assertFault(
        train("discriminator=odd"),
        "discriminator",
        "gave NaN for sequence 0, expected a probability from 0 to 1 in probabilityReal;");
  }

  @Test
  void aDiscriminatorThatFailsUnderTheHandsOfAReward() throws IOException {
    plugins.discriminator("scores[i] = 1 / (token - token);");
    assertFault(
        train("discriminator=odd"),
        "discriminator",
        "failed in probabilityReal: ArithmeticException: / by zero");
  }

  @Test
  void aSampleWithATokenOfNoVocabulary() throws IOException {
    plugins.generator("context.vocabulary().size()");
    assertFault(
        train("generator=odd"),
        "generator",
        "gave token 200 at position 0 of sequence 0, expected 0 to 199 in sample;");
  }

  @Test
  void aMetricThatFails() throws IOException {
    plugins.metric("throw new IllegalStateException(\"no dictionary\");");
    assertFault(
        train("evaluation.metrics=[odd]"),
        "metric",
        "failed in measure: IllegalStateException: no dictionary");
  }

  @Test
  void aMetricThatGivesNoScore() throws IOException {
    plugins.metric("return odd == null ? null : List.of();");
    assertFault(
        train("evaluation.metrics=[odd]"),
        "metric",
        "gave the scores [], expected [odd] as it described in measure;");
  }

  private static final String PHASES =
      "return List.of(PhasePlan.of(\"game\", 1, \"rounds\", PhasePlan.Evaluated.BY_ROUNDS));";
  private static final String USES = "return Set.of(TrainerPart.GENERATOR);";
  private static final String FAILS = "throw new IllegalStateException(\"no paper\");";
  private static final String SIZE = "return new TrainerSize(8, Map.of(), false);";

  private Program.Result trainByIt() {
    return train("training=odd");
  }

  @Test
  void aTrainerThatFailsWhenItIsAskedForItsPhases() throws IOException {
    plugins.trainer(FAILS, USES, SIZE, "");
    assertFault(trainByIt(), "training", "failed in phases: IllegalStateException: no paper");
  }

  @Test
  void aTrainerThatFailsWhenItIsAskedWhatItUses() throws IOException {
    plugins.trainer(PHASES, FAILS, SIZE, "");
    assertFault(trainByIt(), "training", "failed in uses: IllegalStateException: no paper");
  }

  @Test
  void aTrainerThatFailsWhenItIsAskedForItsSize() throws IOException {
    plugins.trainer(PHASES, USES, FAILS, "");
    assertFault(trainByIt(), "training", "failed in size: IllegalStateException: no paper");
  }

  @Test
  void aTrainerWithoutPhases() throws IOException {
    plugins.trainer("return List.of();", USES, SIZE, "");
    assertFault(
        trainByIt(), "training", "failed in phases: IllegalArgumentException: there is no phase");
  }

  @Test
  void aTrainerThatDoesNotSayWhatItUses() throws IOException {
    plugins.trainer(PHASES, "return null;", SIZE, "");
    assertFault(trainByIt(), "training", "gave null in uses;");
  }

  @Test
  void aTaskThatCannotBeOpened() throws IOException {
    plugins.task("throw new IllegalStateException(\"no table\");");
    assertFault(train("task=odd"), "task", "failed in open: IllegalStateException: no table");
  }

  @Test
  void aTaskWithATokenOfNoVocabulary() throws IOException {
    plugins.task(
        """
        Sequences rows = Sequences.ofRows(new int[][] {{1, 2}, {3, 9}});
        return new Task() {
          public TaskData data() {
            return new TaskData(
                Vocabulary.fixedLength(9, 0), rows, rows, rows, List.of(), List.of());
          }
          public String show(int[] tokens) { return Arrays.toString(tokens); }
        };
        """);
    assertFault(
        train("task=odd"),
        "task",
        "gave token 9 at position 1 of sequence 1, expected 0 to 8 in data().training;");
  }

  @Test
  void aBuiltInPluginsOwnIsToldAsBuiltIn() throws IOException {
    // Its scores are asked for, so a reward can hand the built-in discriminator what it cannot
    // read.
    plugins.reward(
        "request.discriminator().probabilityReal(Sequences.ofRows(new int[][] {{1, 200}}));");
    Program.Result result = train("reward=odd");
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.err()).startsWith("seqgan: discriminator plugin 'cnn' (built in)");
  }
}
