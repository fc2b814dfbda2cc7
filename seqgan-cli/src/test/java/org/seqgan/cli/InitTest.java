package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;

@DisplayName("seqgan init")
class InitTest {
  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("mine.conf");
  }

  @Test
  void saysWhatItFoundAndChoseAndWhatToDoNext() throws IOException {
    Program.Result result = init(write(60));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Found in " + folder.resolve("lines.txt") + ":", "1 file with 60 lines")
        .contains("Chosen: task text", "tokens = words: words are parted by spaces here")
        .endsWith("Wrote %1$s%nTrain: seqgan train %1$s%n".formatted(output));
    assertThat(Files.readString(output))
        .startsWith("# Made by 'seqgan init' for ")
        .contains("\n  data = \"" + folder.resolve("lines.txt") + "\"\n")
        .contains("  # words are parted by spaces here\n  tokens = words\n")
        .contains("# Train: seqgan train " + output);
  }

  @Test
  void theFileTrainsAsItIs() throws IOException {
    init(write(40));
    Path run = folder.resolve("run");
    Program.Result result = Program.run("train", output.toString(), "-q", "--run", run.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(Program.run("sample", run.toString(), "-n", "3").out().lines()).hasSize(3);
  }

  @Test
  void aFileIsReplacedOnlyByForce() throws IOException {
    Path data = write(30);
    Files.writeString(output, "precious");
    Program.Result refused = init(data);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("mine.conf exists already; replace it with --force");
    assertThat(output).hasContent("precious");
    assertThat(init(data, "--force").exitCode()).isZero();
    assertThat(Files.readString(output)).startsWith("# Made by");
  }

  @Test
  void aDryRunShowsTheFileAndWritesNone() throws IOException {
    Program.Result result = init(write(30), "--dry-run");
    assertThat(result.out()).contains("# Made by 'seqgan init'", "task {", "Chosen: task text");
    assertThat(output).doesNotExist();
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    Program.Result result = init(write(30), "--dry-run", "--format", "json");
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.get("task").asText()).isEqualTo("text");
    assertThat(json.get("findings").get(0).asText()).isEqualTo("1 file with 30 lines");
    assertThat(json.get("choices").findValuesAsText("key")).contains("data", "sequence-length");
    assertThat(json.get("configuration").asText()).contains("task {");
  }

  @Test
  void nothingIsWrittenAmongTheData() throws IOException {
    write(30);
    Program.Result result = init(folder);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("would lie among the data; name a file elsewhere");
  }

  @Test
  void aChosenTaskMustBeForTheData() throws IOException {
    Path data = write(30);
    assertThat(init(data, "--task", "text").exitCode()).isZero();
    Program.Result oracle = init(data, "--task", "oracle", "--force");
    assertThat(oracle.err()).contains("task 'oracle' is not for this kind of data");
    assertThat(init(data, "--task", "texts", "--force").err()).contains("installed are text");
  }

  @Test
  void whatCannotBeUsedIsOneClearLine() throws IOException {
    fails(folder.resolve("none.txt"), "expected a file or a folder, found none; check the path");
    Path binary = Files.write(folder.resolve("a.bin"), new byte[] {1, 0, 2});
    fails(binary, "a.bin, line 1, byte 0x01 (number 1 of the line): no text has it");
    Path tune = Files.write(folder.resolve("a.mid"), new byte[] {1, 0, 2});
    assertThat(init(tune).exitCode()).isEqualTo(3);
    Path broken = Files.write(folder.resolve("b.txt"), new byte[] {'a', '\n', (byte) 0xFF});
    fails(broken, "b.txt, line 2, byte 0xFF (number 1 of the line): not UTF-8");
    fails(Files.createFile(folder.resolve("empty.txt")), "found none that is not blank");
  }

  @RepeatedTest(12)
  void smallCorporaOfAnyScriptLoadAsTheyAre() throws IOException {
    long seed = System.nanoTime();
    Path data = folder.resolve("random \"corpus\" #1.txt");
    Files.writeString(data, RandomCorpus.text(RandomStream.of(seed)));
    Program.Result result = init(data);
    assertThat(result.exitCode()).as("seed %d: %s", seed, result.err()).isZero();
    PluginRegistry registry = PluginRegistry.discover(getClass().getClassLoader());
    try (Experiment experiment =
        Experiment.open(ExperimentConfig.load(registry, output.toString(), List.of()), registry)) {
      Task task = experiment.task();
      assertThat(task.data().training().count()).as("seed %d", seed).isPositive();
      assertThat(task.show(task.data().training().row(0))).as("seed %d", seed).isNotEmpty();
      experiment.evaluator().requireAll(task);
    }
  }

  private void fails(Path data, String message) {
    Program.Result result = init(data);
    assertThat(result.err()).startsWith("seqgan: ").contains(message).doesNotContain("\tat ");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(output).doesNotExist();
  }

  private Path write(int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(i % 7).append(" birds and ").append(i / 7).append(" trees\n");
    }
    return Files.writeString(folder.resolve("lines.txt"), text);
  }

  private Program.Result init(Path data, String... more) {
    String[] words = new String[4 + more.length];
    words[0] = "init";
    words[1] = data.toString();
    words[2] = "--out";
    words[3] = output.toString();
    System.arraycopy(more, 0, words, 4, more.length);
    return Program.run(words);
  }
}
