package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Models that leave a run and come back")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportCommandTest {
  @TempDir private Path folder;
  private Path run;
  private Path exported;

  @BeforeAll
  void trainAndExport(@TempDir Path built) {
    run = built.resolve("run");
    exported = built.resolve("exported");
    Program.Result trained = Program.run(TinyRun.train(run, 2, 1, 1).toArray(String[]::new));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Program.Result result =
        Program.run("export", run.toString(), exported.toString(), "--to", "dl4j");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("wrote " + exported.resolve("generator.zip"))
        .contains("wrote " + exported.resolve("discriminator.zip"));
  }

  @Test
  void makeARunThatWritesTheSame() {
    Path again = folder.resolve("again");
    assertDone("import", exported.toString(), "--from", "dl4j", "--run", again.toString());
    assertThat(samples(again)).isEqualTo(samples(run));
    assertDone("evaluate", again.toString());
    List<String> words = new ArrayList<>(TinyRun.train(folder.resolve("goes-on"), 1, 0, 0));
    words.addAll(List.of("--from", again.toString()));
    assertDone(words.toArray(String[]::new));
  }

  @Test
  void trainAsGraphs() {
    List<String> words = new ArrayList<>(TinyRun.train(folder.resolve("graphs"), 1, 1, 1));
    words.removeIf(word -> word.startsWith("generator.") || word.startsWith("discriminator."));
    words.addAll(
        2,
        List.of(
            "generator=dl4j-graph",
            "generator.file=" + exported.resolve("generator.zip"),
            "discriminator=dl4j-graph",
            "discriminator.file=" + exported.resolve("discriminator.zip")));
    assertDone(words.toArray(String[]::new));
    assertThat(samples(folder.resolve("graphs")).lines()).hasSize(5);
    Program.Result refused =
        Program.run(
            "export",
            folder.resolve("graphs").toString(),
            folder.resolve("refused").toString(),
            "--to",
            "dl4j");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("writes generator 'lstm', found generator 'dl4j-graph'");
  }

  /** The file of a model says how it was trained, though its training is over. */
  @Test
  void keepTheirConfigurationOnTheWayOverAFile() throws IOException {
    Path file = folder.resolve("model.seqgan");
    Path twice = folder.resolve("twice");
    assertDone("export", run.toString(), file.toString());
    assertDone("export", file.toString(), twice.toString(), "--to", "dl4j");
    assertThat(settings(twice)).isEqualTo(settings(exported)).contains("training.batch-size = ");
  }

  private static String settings(Path of) throws IOException {
    try (ZipFile zip = new ZipFile(of.resolve("generator.zip").toFile())) {
      return new String(zip.getInputStream(zip.getEntry("seqgan.conf")).readAllBytes(), UTF_8);
    }
  }

  @Test
  void takeNothingThatTheirFormatWouldIgnore() {
    for (List<String> option :
        List.of(List.of("--temperature", "0.5"), List.of("--data-licence", "CC BY"))) {
      List<String> words = new ArrayList<>(List.of("export", run.toString(), "t", "--to", "dl4j"));
      words.addAll(option);
      Program.Result refused = Program.run(words.toArray(String[]::new));
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains("are for formats seqgan and safetensors, found format dl4j");
    }
  }

  @Test
  void ofAGraphOfItsOwnAreNoFile() {
    Path graphs = folder.resolve("graph-run");
    List<String> words = new ArrayList<>(TinyRun.train(graphs, 1, 1, 1));
    words.removeIf(word -> word.startsWith("generator."));
    words.addAll(
        2, List.of("generator=dl4j-graph", "generator.file=" + exported.resolve("generator.zip")));
    assertDone(words.toArray(String[]::new));
    Program.Result refused =
        Program.run("export", graphs.toString(), folder.resolve("m.seqgan").toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("'dl4j-graph' reads a file of its own");
  }

  @Test
  void needAFormatAndRoom() {
    Program.Result noFormat = Program.run("export", run.toString(), "there");
    assertThat(noFormat.exitCode()).isEqualTo(2);
    assertThat(noFormat.err())
        .contains("expected --to FORMAT, which the name of there does not tell; formats are ")
        .contains("dl4j");
    Program.Result noRoom =
        Program.run("export", run.toString(), exported.toString(), "--to", "dl4j");
    assertThat(noRoom.exitCode()).isEqualTo(4);
    assertThat(noRoom.err()).contains("exists already", "--force");
    assertDone("export", run.toString(), exported.toString(), "--to", "dl4j", "--force");
  }

  @Test
  void areRefusedByAConfigurationOfOtherTokens() {
    Program.Result result =
        Program.run(
            "import",
            exported.toString(),
            "quickstart",
            "backend=reference",
            "task.vocabulary-size=13",
            "--from",
            "dl4j",
            "--run",
            folder.resolve("other").toString());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("know 12 tokens, the task of the configuration has 13");
  }

  private static String samples(Path of) {
    return assertDone("sample", of.toString(), "-n", "5");
  }

  private static String assertDone(String... words) {
    Program.Result result = Program.run(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }
}
