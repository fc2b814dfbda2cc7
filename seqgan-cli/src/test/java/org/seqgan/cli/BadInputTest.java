package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Bad input gets one clear line and an exit code, never a stack trace")
class BadInputTest {
  private static final int CONFIGURATION = 2;
  private static final int DATA = 3;
  private static final int ENVIRONMENT = 4;
  private static final int RUN_DIRECTORY = 5;

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void nameRun() {
    run = folder.resolve("run");
  }

  @Test
  void misspeltKey() {
    train(
        CONFIGURATION,
        "unknown key 'training.batch-sise'; did you mean 'batch-size'?",
        "training.batch-sise=3");
  }

  @Test
  void misspeltKeyInAFileNamesItsLine() throws IOException {
    Path file = folder.resolve("mine.conf");
    Files.writeString(file, "preset = quickstart\ngenerator {\n  hiden-size = 3\n}\n");
    fails(
        Program.run("train", file.toString(), "--run", run.toString()),
        CONFIGURATION,
        "mine.conf:3: unknown key 'generator.hiden-size'; did you mean 'hidden-size'?");
  }

  @Test
  void wrongType() {
    train(
        CONFIGURATION,
        "training.batch-size: expected a whole number from 1 to 2147483647, found \"many\"",
        "training.batch-size=many");
    train(
        CONFIGURATION,
        "training.batch-size: expected a whole number from 1 to 2147483647, found 3.5",
        "training.batch-size=3.5");
  }

  @Test
  void outOfRange() {
    train(
        CONFIGURATION,
        "task.sequence-length: expected at least 1, found 0",
        "task.sequence-length=0");
  }

  @Test
  void unknownSectionAndPluginAndPreset() {
    train(
        CONFIGURATION,
        "unknown key 'generatr'; did you mean 'generator'?",
        "generatr.hidden-size=3");
    train(CONFIGURATION, "no generator plugin is named 'lst'", "generator=lst");
    fails(Program.run("train", "quikstart"), CONFIGURATION, "presets are quickstart");
  }

  @Test
  void malformedFile() throws IOException {
    Path file = folder.resolve("broken.conf");
    Files.writeString(file, "seed = 1\ntraining {\n");
    fails(Program.run("config", file.toString()), CONFIGURATION, "broken.conf");
  }

  @Test
  void unknownCommandAndOption() {
    fails(Program.run("trian"), CONFIGURATION, "trian");
    fails(Program.run("train", "--nme", "x"), CONFIGURATION, "--nme");
  }

  @Test
  void missingOracle() {
    train(DATA, "nowhere.pkl", "task.parameters=" + folder.resolve("nowhere.pkl"));
  }

  @Test
  void truncatedPickle() throws IOException {
    train(
        DATA,
        "short.pkl",
        "task.parameters="
            + write("short.pkl", "(lp0\ncnumpy.core.multiarray\n_reconstruct\np1\n"));
  }

  @Test
  void pickleThatTriesToRunCode() throws IOException {
    Path evil = write("evil.pkl", "cos\nsystem\n(S'touch " + folder.resolve("owned") + "'\ntR.");
    train(DATA, "os.system", "task.parameters=" + evil);
    assertThat(folder.resolve("owned")).doesNotExist();
  }

  @Test
  void filterWiderThanTheSequence() {
    train(
        CONFIGURATION,
        "discriminator.filter-widths has 20",
        "discriminator.filter-widths=[20]",
        "discriminator.filter-counts=[3]");
  }

  @Test
  void unwritableRunDirectory() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    run = file.resolve("run");
    train(ENVIRONMENT, "run");
    assumeFalse(Files.exists(run));
  }

  @Test
  void existingRunDirectory() throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve("precious.txt"), "mine");
    train(RUN_DIRECTORY, "exists already: use --resume");
    train(RUN_DIRECTORY, "", "--overwrite");
    assertThat(run.resolve("precious.txt")).hasContent("mine");
  }

  @Test
  void runThatIsMissing() {
    fails(Program.run("sample", folder.resolve("none").toString()), RUN_DIRECTORY, "none");
    fails(Program.run("evaluate", folder.resolve("none").toString()), RUN_DIRECTORY, "none");
    fails(
        Program.run("train", "--resume", "--run", folder.resolve("none").toString()),
        RUN_DIRECTORY,
        "none");
  }

  private Path write(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void train(int exitCode, String message, String... overrides) {
    List<String> args = new ArrayList<>(List.of("train", "quickstart"));
    args.addAll(List.of(overrides));
    args.addAll(List.of("--run", run.toString()));
    fails(Program.run(args.toArray(String[]::new)), exitCode, message);
  }

  private static void fails(Program.Result result, int exitCode, String message) {
    assertThat(result.err())
        .contains(message)
        .startsWith("seqgan: ")
        .doesNotContain("\tat ", "Exception");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err().lines().filter(line -> line.startsWith("seqgan: "))).hasSize(1);
  }
}
