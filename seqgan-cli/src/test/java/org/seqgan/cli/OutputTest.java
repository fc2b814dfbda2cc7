package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.core.run.MetricsLog;

@DisplayName("Output is whole, or the exit code says so")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class OutputTest {
  private static final int ENVIRONMENT = 4;
  private static final int OUTPUT_CLOSED = 141;

  /** Trains for a second or two, with many events. */
  private static final String SHORT =
      "quickstart task.training-sequences=300 task.test-sequences=100 reward.roll-outs=2"
          + " training.generator-pretraining.epochs=2 training.discriminator-pretraining.rounds=1"
          + " training.adversarial.rounds=2 training.adversarial.baseline=moving-average"
          + " evaluation.samples=100 backend.threads=1";

  private InstalledProgram installed;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a script of /bin/sh");
    installed = InstalledProgram.in(folder);
  }

  /** Takes some characters, and then is full. */
  private static final class Full extends Writer {
    private int room;

    Full(int room) {
      this.room = room;
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
      room -= count;
      flush();
    }

    @Override
    public void flush() throws IOException {
      if (room < 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "train --help",
        "plugins",
        "plugins --format json",
        "plugins show lstm",
        "config",
        "config quickstart",
        "data list",
        "matrix",
        "matrix table1 --dry-run --probe 0",
        "doctor"
      })
  void everyCommandThatTellsEndsWith4WhereItCannotBeHeard(String command) {
    for (int room : List.of(0, 20)) {
      StringWriter err = new StringWriter();
      int exitCode =
          Main.run(
              command.split(" "), StandardOutput.to(new Full(room)), new PrintWriter(err, true));
      assertThat(exitCode).as(err.toString()).isEqualTo(ENVIRONMENT);
      assertThat(err.toString())
          .isEqualToNormalizingNewlines(
              "seqgan: the standard output cannot be written: No space left on device\n");
    }
  }

  @Test
  void aCommandThatFailsBeforeItPrintsKeepsItsOwnExitCode() {
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            new String[] {"config", "nowhere"},
            StandardOutput.to(new Full(0)),
            new PrintWriter(err, true));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere").doesNotContain("standard output");
  }

  @Test
  void aFullDeviceIsToldInOneLine() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
    Program.Result result = installed.shell("seqgan plugins > /dev/full");
    assertThat(result.exitCode()).isEqualTo(ENVIRONMENT);
    assertThat(result.err())
        .isEqualTo("seqgan: the standard output cannot be written: No space left on device\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "config quickstart --format json"})
  void aReaderThatIsGoneEndsACommandWithoutAWord(String command) throws Exception {
    Program.Result result =
        installed.shell(
            "{ { sleep 0.3; seqgan %s; echo $? > code; } | true; } && cat code".formatted(command));
    assertThat(result.out().strip()).isEqualTo(Integer.toString(OUTPUT_CLOSED));
    assertThat(result.err()).isEmpty();
  }

  @Test
  void trainingGoesOnToItsEndWhereItsProgressCannotBeWritten() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
    Program.Result result = installed.shell("seqgan train " + SHORT + " --run full > /dev/full");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ENVIRONMENT);
    assertThat(result.err())
        .isEqualTo(
            "seqgan: the standard output cannot be written: No space left on device; the work goes"
                + " on without it\n");
    assertThat(state("full")).isEqualTo("finished");
  }

  @Test
  void trainingWhoseReaderIsGoneStopsPolitelyAndGoesOnWhenItIsToldTo() throws Exception {
    train("whole");
    Program.Result result =
        installed.shell(
            "{ seqgan train %s --run parts --format json; echo $? > code; } | head -n 1 && cat code"
                .formatted(SHORT));
    assertThat(result.out().lines().reduce((first, last) -> last)).contains("" + OUTPUT_CLOSED);
    assertThat(state("parts")).isEqualTo("interrupted");

    assertThat(installed.shell("seqgan train --resume --run parts -q").exitCode()).isZero();
    assertThat(metrics("parts")).isEqualTo(metrics("whole"));
  }

  @Test
  void twoProcessesWithOneSeedWriteTheSameCheckpointsByteForByte() throws Exception {
    train("whole");
    train("again");
    Path one = installed.folder().resolve("whole/checkpoints");
    Path other = installed.folder().resolve("again/checkpoints");
    List<Path> files;
    try (Stream<Path> all = Files.walk(one)) {
      files = all.filter(file -> file.toString().endsWith(".safetensors")).toList();
    }
    assertThat(files).anyMatch(file -> file.endsWith("training.safetensors"));
    for (Path file : files) {
      assertThat(other.resolve(one.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  /** A run in a process of its own, unless there is one of this name. */
  private void train(String run) throws Exception {
    if (!Files.exists(installed.folder().resolve(run))) {
      assertThat(installed.shell("seqgan train " + SHORT + " -q --run " + run).exitCode()).isZero();
    }
  }

  // ---- text ----

  @ParameterizedTest
  @ValueSource(strings = {"C", "xx_XX.UTF-8"})
  void textIsUtf8WhateverTheLocaleSays(String locale) throws Exception {
    Path data = installed.folder().resolve("春 水.txt");
    Files.writeString(data, "春 水 绕 村 流\n轻 烟 上 小 楼\n谁 家 新 燕 子\n又 到 旧 檐 头\n");
    Program.Result result =
        installed.shell("seqgan init '春 水.txt' --dry-run --task text", "LC_ALL=" + locale);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Looking at 春 水.txt", "Train: seqgan train '春 水.conf'");
    Program.Result missing = installed.shell("seqgan init 无.txt", "LC_ALL=" + locale);
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).startsWith("seqgan: ").contains("无.txt").doesNotContain("?");
  }

  @Test
  void anArgumentThatIsNoTextIsRefused() throws Exception {
    Program.Result result = installed.shell("seqgan config \"$(printf 'a\\377b')\"");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("seqgan: expected arguments in UTF-8, found 'a\ufffdb'");
  }

  @Test
  void aTerminalSeesNoControlCharacterOfAFile() throws Exception {
    Path plugins = Files.createDirectories(installed.folder().resolve("broken"));
    Files.writeString(plugins.resolve("a\u001b[2J\u009b1m\r.jar"), "no jar");
    String command = "seqgan plugins --plugins broken";
    Program.Result piped = installed.shell(command);
    assertThat(piped.exitCode()).isEqualTo(7);
    assertThat(piped.out()).contains("a\u001b[2J");
    Program.Result shown = installed.shell(command, "SEQGAN_OPTS=-Dseqgan.terminal=true");
    assertThat(shown.out()).contains("a\\u001b[2J\\u009b1m\\r.jar");
    assertThat(shown.out().chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
  }

  @Test
  void anErrorIsOneLineWhateverItQuotes() {
    Program.Result result = Program.run("sample", "no\u001b[31m\nsuch\r\nrun");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains("no\\u001b[31m\\nsuch\\r\\nrun");
  }

  @Test
  void theVirtualMachineSaysNothingOfItsOwn() throws Exception {
    Program.Result result = installed.shell("seqgan doctor");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("element-wise loops: ")
        .doesNotContain("WARNING", "is not there");
  }

  private String state(String run) throws IOException {
    JsonNode status =
        new ObjectMapper()
            .readTree(installed.folder().resolve(run).resolve("status.json").toFile());
    return status.get("state").asText();
  }

  private List<String> metrics(String run) throws IOException {
    return Files.readAllLines(installed.folder().resolve(run).resolve("metrics.jsonl")).stream()
        .map(MetricsLog::withoutTimes)
        .toList();
  }
}
