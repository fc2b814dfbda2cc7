package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.TaskProvider;

@DisplayName("A run is never destroyed by opening it")
class ResumeTest {
  private static final int RUN_DIRECTORY = 5;
  private static final String LAST = "adversarial-000003";
  private static final String BEFORE = "adversarial-000002";

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void nameRun() {
    run = folder.resolve("run");
  }

  private Program.Result resume(String... more) {
    String[] words = new String[3 + more.length];
    System.arraycopy(new String[] {"train", "--resume", "--run=" + run}, 0, words, 0, 3);
    System.arraycopy(more, 0, words, 3, more.length);
    return Program.run(words);
  }

  /** A run with checkpoints of its last two rounds. */
  private void trainInTwoParts() {
    SmallRun.train(run, "training.adversarial.rounds=2");
    assertThat(resume("-q", "training.adversarial.rounds=3").exitCode()).isZero();
  }

  private void refused(String message, String... more) throws IOException {
    Map<String, String> before = SmallRun.contents(run);
    Program.Result result = resume(more);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(RUN_DIRECTORY);
    assertThat(result.err()).contains(message).hasLineCount(1);
    assertThat(SmallRun.contents(run)).isEqualTo(before);
  }

  private Path manifest(String label) {
    return run.resolve("checkpoints").resolve(label).resolve("manifest.json");
  }

  private static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, now));
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(run.resolve("status.json").toFile());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(node -> node.isTextual() ? node.asText() : node.get("message").asText())
        .toList();
  }

  // ---- what cannot be read ----

  @Test
  void manifestsOfALaterVersionAreLeftAlone() throws IOException {
    SmallRun.train(run);
    for (String label : run.resolve("checkpoints").toFile().list()) {
      replace(manifest(label), "\"format\" : 2", "\"format\" : 3");
    }
    refused("is of format 3, this program knows formats up to 2");
    for (String command : List.of("sample", "evaluate", "survey")) {
      Program.Result result = Program.run(command, run.toString());
      assertThat(result.exitCode()).as(command).isEqualTo(RUN_DIRECTORY);
      assertThat(result.err()).contains("format 3");
    }
  }

  @Test
  void oneOfALaterVersionAmongOthersIsNamedAndNotPassedOver() throws IOException {
    trainInTwoParts();
    replace(manifest(LAST), "\"format\" : 2", "\"format\" : 3");
    refused(LAST);
    assertThat(Program.run("sample", run.toString()).exitCode()).isEqualTo(RUN_DIRECTORY);
    assertThat(Program.run("sample", run.toString(), "--step=adversarial-2").exitCode()).isZero();
  }

  @Test
  void whereAllAreDamagedNothingIsStartedOver() throws IOException {
    SmallRun.train(run);
    for (String label : run.resolve("checkpoints").toFile().list()) {
      Files.writeString(manifest(label), "{");
    }
    refused("no checkpoint is whole");
  }

  @Test
  void whereAllAreGoneNothingIsStartedOver() throws IOException {
    SmallRun.train(run);
    Files.move(run.resolve("checkpoints"), folder.resolve("elsewhere"));
    refused("its checkpoints are gone, the last was adversarial-3");
  }

  // ---- a run of the version before ----

  /** A run that the last build without a format in its status has trained. */
  private void copyOfTheFormatBefore() throws Exception {
    Path kept = Path.of(getClass().getResource("/runs/format-1").toURI());
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = run.resolve(kept.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void aRunOfTheFormatBeforeIsReadAndGoesOn() throws Exception {
    copyOfTheFormatBefore();
    List<String> before = SmallRun.metrics(run);
    assertThat(evaluated()).isEqualTo("adversarial-3");
    assertThat(evaluated("--step=generator-pretraining-2")).isEqualTo("generator-pretraining-2");

    Program.Result extended = resume("-q", "training.adversarial.rounds=5");

    assertThat(extended.exitCode()).as(extended.err()).isZero();
    assertThat(extended.err()).contains("whether its config.conf was edited since is not known");
    assertThat(SmallRun.metrics(run)).hasSize(before.size() + 2).startsWith(before.get(0));
    assertThat(evaluated()).isEqualTo("adversarial-5");
    assertThat(manifest("adversarial-000005")).content().contains("\"format\" : 2");
  }

  // ---- falling back ----

  @Test
  void fallingBackIsSaidInJsonOnStderrAndInTheStatus() throws IOException {
    trainInTwoParts();
    Path whole = SmallRun.train(folder.resolve("whole"));
    SmallRun.damage(run, LAST);
    String said = "checkpoint adversarial-3 in " + run.resolve("checkpoints") + " is damaged: ";

    Program.Result sample = SmallRun.succeeds("sample", run.toString(), "-n1", "--format=json");
    assertThat(sample.err()).contains(said, "; adversarial-2 is used");
    JsonNode sampled = new ObjectMapper().readTree(sample.out());
    assertThat(sampled.get("checkpoint").asText()).isEqualTo("adversarial-2");
    assertThat(texts(sampled.get("warnings"))).singleElement().asString().startsWith(said);

    Program.Result evaluation = SmallRun.succeeds("evaluate", run.toString(), "--format=json");
    assertThat(evaluation.err()).contains(said);
    JsonNode evaluated = new ObjectMapper().readTree(evaluation.out());
    assertThat(evaluated.get("checkpoint").asText()).isEqualTo("adversarial-2");
    assertThat(texts(evaluated.get("warnings"))).singleElement().asString().startsWith(said);

    Program.Result resumed = resume("--format=json");
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err())
        .contains(
            said, "going on at adversarial 2; set aside: 1 line of metrics, 1 set of samples");
    assertThat(resumed.out().lines().filter(line -> line.contains("\"warned\"")))
        .singleElement()
        .asString()
        .contains("is damaged");
    assertThat(texts(status().get("warnings"))).anyMatch(warning -> warning.startsWith(said));
    assertThat(run.resolve("set-aside/metrics.jsonl")).content().hasLineCount(1);

    assertThat(SmallRun.metrics(run)).isEqualTo(SmallRun.metrics(whole));
    assertThat(SmallRun.arrays(run, LAST)).isEqualTo(SmallRun.arrays(whole, LAST));
  }

  // ---- choosing ----

  @Test
  void aCheckpointIsChosenByItsStepWithAnyZeros() throws IOException {
    trainInTwoParts();
    String path = run.toString();
    assertThat(evaluated()).isEqualTo("adversarial-3");
    assertThat(evaluated("--last")).isEqualTo("adversarial-3");
    assertThat(evaluated("--step=adversarial-2")).isEqualTo("adversarial-2");
    assertThat(evaluated("--step=adversarial-000002")).isEqualTo("adversarial-2");
    assertThat(evaluated("--step", "generator-pretraining-02"))
        .isEqualTo("generator-pretraining-2");
    assertThat(SmallRun.succeeds("sample", path, "--step=adversarial-2").out())
        .isEqualTo(SmallRun.succeeds("sample", path, "--step=adversarial-000002").out());
    Program.Result none = Program.run("evaluate", path, "--step=adversarial-9");
    assertThat(none.exitCode()).isEqualTo(RUN_DIRECTORY);
    assertThat(none.err()).contains("there are: ", "adversarial-2, adversarial-3");
    assertThat(Program.run("sample", path, "--best", "--last").exitCode()).isEqualTo(2);
    assertThat(SmallRun.succeeds("evaluate", path).out()).startsWith("Checkpoint adversarial-3\n");
  }

  @Test
  void theBestCheckpointIsThatOfTheBestEvaluation() throws IOException {
    SmallRun.train(run, "checkpoint.keep=1", "evaluation.every-rounds=1");
    String best = "";
    double lowest = Double.MAX_VALUE;
    for (String line : SmallRun.metrics(run)) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.has("nll-oracle") && row.get("nll-oracle").doubleValue() < lowest) {
        lowest = row.get("nll-oracle").doubleValue();
        best = row.get("phase").asText() + "-" + row.get("step").asText();
      }
    }
    assertThat(evaluated("--best")).isEqualTo(best);
    assertThat(Program.run("survey", run + "@" + best, "--items=1", "--out", page()).exitCode())
        .isZero();
  }

  /** The checkpoint that is evaluated. */
  private String evaluated(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("evaluate", run.toString(), "--format=json"));
    words.addAll(List.of(options));
    String json = SmallRun.succeeds(words.toArray(String[]::new)).out();
    return new ObjectMapper().readTree(json).get("checkpoint").asText();
  }

  private String page() {
    return folder.resolve("survey.html").toString();
  }

  // ---- configuration ----

  @Test
  void aConfigurationThatWasEditedIsRefusedKeyByKeyOrRecorded() throws IOException {
    SmallRun.train(run, "training.adversarial.rounds=2");
    Path config = run.resolve("config.conf");
    replace(config, "training.batch-size = 16", "training.batch-size = 8");
    replace(config, "reward.roll-outs = 2", "reward.roll-outs = 3");
    refused(
        "cannot go on with "
            + run
            + ": reward.roll-outs = 3, before 2; training.batch-size = 8, before 16; put that back");
    refused("training.batch-size = 8, before 16", "training.adversarial.rounds=4");

    Program.Result recorded = resume("--with-changes", "-q", "training.adversarial.rounds=4");

    assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    List<String> provenance = texts(status().get("provenance"));
    assertThat(provenance)
        .contains(
            "since adversarial 2: training.batch-size = 8, before 16",
            "since adversarial 2: reward.roll-outs = 3, before 2",
            "since adversarial 2: training.adversarial.rounds = 4, before 2");
    assertThat(run.resolve("report.html"))
        .content()
        .contains("since adversarial 2: training.batch-size = 8, before 16");
    assertThat(config).content().contains("training.adversarial.rounds = 4");
    assertThat(resume("-q").exitCode()).as("what was recorded holds").isZero();
  }

  @Test
  void whereNothingButACommentWasEditedTheRunGoesOn() throws IOException {
    SmallRun.train(run);
    Path config = run.resolve("config.conf");
    Files.writeString(config, "# mine\n" + Files.readString(config));
    assertThat(resume("-q").exitCode()).isZero();
    assertThat(config).content().startsWith("# mine\n");
  }

  @Test
  void anotherOptionIsRefusedOnTheCommandLineToo() throws IOException {
    SmallRun.train(run);
    refused("training.batch-size = 8, before 16", "training.batch-size=8");
    refused("has shape", "--with-changes", "generator.hidden-size=5");
    assertThat(resume("other.conf").exitCode()).isEqualTo(2);
  }

  // ---- longer ----

  @Test
  void aRunThatIsExtendedIsWhatItWouldHaveBeenIfPlannedLonger() throws IOException {
    SmallRun.train(run);
    Path longer = SmallRun.train(folder.resolve("longer"), "training.adversarial.rounds=5");

    Program.Result extended = resume("-q", "training.adversarial.rounds=5");

    assertThat(extended.exitCode()).as(extended.err()).isZero();
    // Round 3 was measured because it was the last; planned longer it would not have been.
    assertThat(extended.err()).contains("set aside: 1 line of metrics, 1 set of samples");
    assertThat(SmallRun.metrics(run)).isEqualTo(SmallRun.metrics(longer));
    assertThat(SmallRun.contents(run.resolve("samples")))
        .isEqualTo(SmallRun.contents(longer.resolve("samples")));
    assertThat(SmallRun.arrays(run, "adversarial-000005"))
        .isEqualTo(SmallRun.arrays(longer, "adversarial-000005"));
    assertThat(run.resolve("config.conf"))
        .content()
        .containsPattern("training.adversarial.rounds = 5 +# command line")
        .containsPattern("training.adversarial.g-steps = 1 +# command line: training.adversarial");
  }

  @Test
  void phasesThatAreOverAndStepsThatAreDoneStay() throws IOException {
    SmallRun.train(run);
    String epochs = "training.generator-pretraining.epochs=";
    refused("2 of generator-pretraining are done and the phase is over", epochs + 3);
    refused("2 of generator-pretraining are done", "--with-changes", epochs + 1);
    refused("3 of adversarial are done", "--with-changes", "training.adversarial.rounds=2");
  }

  @Test
  void aPreTrainingThatDependsOnItsLengthIsNotExtendedInSilence() throws IOException {
    String rounds = "training.discriminator-pretraining.rounds=0";
    String game = "training.adversarial.rounds=0";
    SmallRun.train(run, rounds, game, "training.generator-pretraining.inputs=scheduled-sampling");
    String longer = "training.generator-pretraining.epochs=4";
    refused("training.generator-pretraining.epochs = 4, before 2", longer);
    assertThat(resume("-q", longer, "--with-changes").exitCode()).isZero();
  }

  // ---- from another run ----

  @Test
  void aRunFromTheEndOfPreTrainingIsOneWithAPreTrainingOfItsOwn() throws IOException {
    Path whole = SmallRun.train(folder.resolve("whole"));
    Path donor = SmallRun.train(folder.resolve("donor"), "training.adversarial.rounds=0");

    SmallRun.train(run, "--from", donor.toString());

    assertThat(SmallRun.metrics(run)).isEqualTo(SmallRun.metrics(whole));
    assertThat(SmallRun.arrays(run, LAST)).isEqualTo(SmallRun.arrays(whole, LAST));
    JsonNode from = status().get("from");
    assertThat(from.get("run").asText()).isEqualTo(donor.toString());
    assertThat(from.get("checkpoint").asText()).isEqualTo("discriminator-pretraining-1");
    assertThat(texts(status().get("provenance")))
        .anyMatch(
            line ->
                line.startsWith("begins with the state of " + donor)
                    && line.endsWith(from.get("sha256").asText()));
  }

  @Test
  void aRunFromAPreTrainingWithAnotherSeedSaysThatItIsNoneOfItsOwn() throws IOException {
    Path donor = SmallRun.train(folder.resolve("donor"), "training.adversarial.rounds=0", "seed=4");
    String[] same = SmallRun.words(folder.resolve("same"), "--from", donor.toString(), "seed=4");
    assertThat(SmallRun.succeeds(same).err()).isEmpty();

    String[] other =
        SmallRun.words(
            run,
            "--from",
            donor.toString(),
            "seed=5",
            "training.adversarial.negatives=8",
            "training.adversarial.sampling-temperature=0.7",
            "training.batch-size=5",
            "training.adversarial.g-steps=2");
    String message = "were run otherwise: seed = 5, before 4; training.";
    assertThat(SmallRun.succeeds(other).err())
        .contains(message, "training.adversarial.negatives = 8,", "training.batch-size = 5, before")
        .contains("training.adversarial.sampling-temperature = 0.7, before 1.0")
        .doesNotContain("g-steps")
        .hasLineCount(1);
    assertThat(Files.readString(run.resolve("status.json"))).contains(message);
  }

  @Test
  void aRunFromTheWeightsOfAnotherRunsEveryPhase() throws IOException {
    Path donor = SmallRun.train(folder.resolve("donor"));
    SmallRun.train(run, "--from", donor.toString(), "seed=5");
    assertThat(status().get("from").get("weights-alone").asBoolean()).isTrue();
    JsonNode first = new ObjectMapper().readTree(SmallRun.metrics(run).get(0));
    assertThat(first.get("phase").asText()).isEqualTo("generator-pretraining");
    assertThat(first.get("step").intValue()).isZero();
    JsonNode plain =
        new ObjectMapper()
            .readTree(SmallRun.metrics(SmallRun.train(folder.resolve("plain"), "seed=5")).get(0));
    assertThat(first.get("nll-gen").doubleValue())
        .as("the weights are those of training, not of the start")
        .isLessThan(plain.get("nll-gen").doubleValue());
  }

  /** Filters in another order have the same arrays, and other columns of the layer above. */
  @Test
  void weightsOfAnotherModelOfTheSameShapesAreSaid() throws IOException {
    String counts = "discriminator.filter-counts=[4, 4]";
    String[] widths = {"discriminator.filter-widths=[1, 2]", "discriminator.filter-widths=[2, 1]"};
    Path donor = SmallRun.train(folder.resolve("donor"), counts, widths[0]);
    String[] words =
        SmallRun.words(run, "--from", donor.toString(), "--weights-only", counts, widths[1]);
    String message =
        "weights are taken that were trained with other options: discriminator.filter-widths = [2, 1], before [1, 2]; where";
    assertThat(SmallRun.succeeds(words).err()).contains(message).hasLineCount(1);
    assertThat(Files.readString(run.resolve("status.json"))).contains(message);
  }

  @Test
  void whatDoesNotFitIsSaidInALineBeforeARunIsMade() {
    Path donor = SmallRun.train(folder.resolve("donor"), "training.adversarial.rounds=0");
    Program.Result shape =
        Program.run(
            SmallRun.words(
                run, "--from", donor.toString(), "--weights-only", "generator.hidden-size=5"));
    assertThat(shape.exitCode()).isEqualTo(RUN_DIRECTORY);
    assertThat(shape.err()).contains("generator of checkpoint", "has shape").hasLineCount(1);
    Program.Result phases =
        Program.run(
            SmallRun.words(
                run, "--from", donor.toString(), "training.generator-pretraining.epochs=3"));
    assertThat(phases.exitCode()).isEqualTo(RUN_DIRECTORY);
    assertThat(phases.err())
        .contains("training.generator-pretraining.epochs = 3, before 2", "--weights-only");
    assertThat(run).doesNotExist();
  }

  // ---- plugins ----

  @Test
  void aPluginJarThatIsAnotherIsRefusedOrRecorded() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path jar = plugins.resolve("library.jar");
    PluginJar.naming(NumbersTaskProvider.class, TaskProvider.class, jar);
    String option = "--plugins=" + plugins;
    SmallRun.train(run, option, "training.adversarial.rounds=2");
    assertThat(manifest(BEFORE)).content().contains("\"file\" : \"library.jar\"");

    PluginJar.naming(LettersTaskProvider.class, TaskProvider.class, jar);

    refused("SHA-256 of library (library.jar) = ", option);
    Program.Result sample = SmallRun.succeeds("sample", run.toString(), option);
    assertThat(sample.err()).contains("was trained with something else: SHA-256 of library");
    assertThat(resume("-q", option, "--with-changes").exitCode()).isZero();
    assertThat(texts(status().get("provenance")))
        .anyMatch(line -> line.startsWith("since adversarial 2: SHA-256 of library"));
  }
}
