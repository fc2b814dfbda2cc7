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
 * {@code examples/dna-task}, built as its own build would, but without it; {@code
 * OutsideProjectsCheck} runs its tests.
 */
@DisplayName("The example of a task plugin")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnaExampleTest {
  @TempDir private Path folder;
  private ExampleProject example;

  @BeforeAll
  void buildTheJar(@TempDir Path built) throws IOException {
    example = ExampleProject.build("dna-task", built);
  }

  @Test
  void isListedWithItsOptions() {
    assertThat(run("plugins").out())
        .containsPattern("task +dna +DNA from a FASTA file .* +dna-task.jar");
    assertThat(run("plugins", "show", "dna").out())
        .contains("task dna: ")
        .containsPattern("pieces +.* windows ")
        .containsPattern("sequence-length +whole number +20 +2 to 10000 ");
  }

  @Test
  void trainsOnItsSampleByItsConfiguration() {
    Path run = folder.resolve("run");
    Program.Result result = tinyTraining(run);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("dna: 60 records of the sample built into the plugin, made up, of no organism");
    assertThat(run("sample", run.toString(), "-n", "5").out().lines())
        .hasSize(5)
        .allMatch(line -> line.matches("[ACGT]{20}"));
    Path model = folder.resolve("dna.seqgan");
    assertThat(run("export", run.toString(), model.toString()).err()).isEmpty();
    assertThat(run("sample", model.toString(), "-n", "5").out())
        .isEqualTo(run("sample", run.toString(), "-n", "5").out());
  }

  @Test
  void trainsOnRecordsOfUnequalLength() {
    Path run = folder.resolve("records");
    Program.Result result =
        tinyTraining(
            run,
            "task.pieces=records",
            "task.sequence-length=70",
            "seed=2",
            "training.batch-size=16");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(run("sample", run.toString(), "-n", "20").out().lines())
        .allMatch(line -> line.matches("[ACGT]{0,70}"));
  }

  @Test
  void aBadFileIsAnErrorOfOneLineWithItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.fasta"), ">one\nACGT\nACXT\n");
    Program.Result result = tinyTraining(folder.resolve("bad"), "task.file=" + file);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .startsWith("seqgan: " + file + ":3: expected A, C, G or T, found 'X' at position 3");
  }

  private Program.Result tinyTraining(Path run, String... overrides) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", example.project().resolve("dna.conf").toString()));
    words.addAll(
        List.of(
            "reward.roll-outs=2",
            "training.generator-pretraining.epochs=1",
            "training.discriminator-pretraining.rounds=1",
            "training.discriminator-pretraining.epochs=1",
            "training.adversarial.k=1",
            "training.adversarial.rounds=1",
            "evaluation.samples=50"));
    words.addAll(List.of(overrides));
    words.addAll(List.of("--run", run.toString()));
    return run(words.toArray(String[]::new));
  }

  private Program.Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--plugins", example.plugins().toString()));
    return Program.run(all.toArray(String[]::new));
  }
}
