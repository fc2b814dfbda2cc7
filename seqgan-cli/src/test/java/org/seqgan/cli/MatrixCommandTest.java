package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.core.run.Position;

@DisplayName("seqgan matrix")
@Tag("slow")
class MatrixCommandTest {
  /** Less than a second of work for each cell, on a backend that starts at once. */
  static final String TINY =
      """
      name = tiny
      preset = quickstart
      configuration {
        backend = reference
        task {
          vocabulary-size = 12, sequence-length = 4, embedding-size = 4, hidden-size = 4
          training-sequences = 64, test-sequences = 32, validation-sequences = 8
        }
        generator { embedding-size = 4, hidden-size = 4 }
        discriminator { embedding-size = 4, filter-widths = [1, 2], filter-counts = [3, 3] }
        reward { name = discriminator, roll-outs = 2 }
        training {
          batch-size = 16
          generator-pretraining.epochs = 2
          discriminator-pretraining.rounds = 1
          adversarial { rounds = 2, g-steps = 1, d-steps = 1, k = 1 }
        }
        evaluation { samples = 40, every-epochs = 1, every-rounds = 1 }
      }
      baseline = mle
      metric = nll-oracle
      """;

  private static final String TWO_METHODS =
      """
      methods {
        mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }
        seqgan {}
      }
      """;

  @TempDir Path folder;
  private Path file;
  private Path directory;

  @BeforeEach
  void names() {
    file = folder.resolve("tiny.conf");
    directory = folder.resolve("out");
  }

  @Test
  void runsEveryCellAndGathersWhatTheyFound() throws IOException {
    write(TINY + TWO_METHODS + "seeds = [1]");

    Program.Result result = matrix("-j", "2", "--format", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode root = new ObjectMapper().readTree(result.out());
    assertThat(root.get("cells").findValuesAsText("state")).containsExactly("done", "done");
    JsonNode seqgan = root.get("cells").get(1);
    assertThat(seqgan.get("id").asText()).isEqualTo("seqgan-seed1");
    assertThat(seqgan.get("metrics").get("nll-oracle").doubleValue()).isPositive();
    assertThat(root.get("anchors").get("oracle on itself").doubleValue())
        .isLessThan(root.get("anchors").get("uniform").doubleValue());

    JsonNode summary =
        new ObjectMapper().readTree(directory.resolve("cells/seqgan-seed1/summary.json").toFile());
    assertThat(summary.get("perSequence").get(0).get("values")).hasSize(40);
    assertThat(directory.resolve("cells/seqgan-seed1/run/report.html")).exists();
    assertThat(directory.resolve("results.csv"))
        .content()
        .startsWith("number,id,method,seed,state,seconds,nll-oracle,")
        .contains("\n1,mle-seed1,mle,1,done,");

    Program.Result again = matrix();
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.err()).contains("exists already: use --resume");

    write(TINY + TWO_METHODS.replace("seqgan {}", "seqgan.seed-of-nothing = 1") + "seeds = [1]");
    assertThat(matrix("--resume").exitCode()).isEqualTo(2);
    write(TINY + TWO_METHODS + "seeds = [1, 2]");
    Program.Result changed = matrix("--resume");
    assertThat(changed.exitCode()).isEqualTo(5);
    assertThat(changed.err()).contains("made for another matrix: cell mle-seed2 is new");
  }

  @Test
  void aCellThatFailsIsNamedAndTheOthersAreCompleted() throws IOException {
    write(TINY + failing() + "seeds = [1]");

    Program.Result result = matrix("-j", "2");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err())
        .contains("cell broken-seed1 failed with exit code 3: ", "no-such-file.pkl", "log.txt");
    assertThat(state("mle-seed1")).isEqualTo("DONE");
    assertThat(state("broken-seed1")).isEqualTo("FAILED");
    assertThat(state("later-seed1")).isEqualTo("DONE");
  }

  @Test
  void aProcessTakesOneCellAfterAnotherUntilOneFails() throws IOException {
    write(TINY + failing() + "seeds = [1, 2]");

    assertThat(matrix("-j", "1").exitCode()).isEqualTo(6);

    assertThat(state("broken-seed1")).isEqualTo("FAILED");
    assertThat(process("later-seed1")).isNotEqualTo(process("mle-seed1"));
    assertThat(process("mle-seed2")).isEqualTo(process("later-seed1"));
    assertThat(process("later-seed2")).isNotEqualTo(process("mle-seed2"));
    for (String cell : List.of("later-seed1", "mle-seed2")) {
      assertThat(directory.resolve("cells").resolve(cell).resolve("log.txt"))
          .content()
          .as(cell)
          .containsOnlyOnce("finished in");
    }
  }

  private long process(String cell) throws IOException {
    Path status = directory.resolve("cells").resolve(cell).resolve("run/status.json");
    return new ObjectMapper().readTree(status.toFile()).get("pid").longValue();
  }

  @Test
  void failFastLeavesTheRestToAResume() throws IOException {
    write(TINY + failing() + "seeds = [1]");

    Program.Result result = matrix("--fail-fast");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(state("broken-seed1")).isEqualTo("FAILED");
    assertThat(directory.resolve("work")).isEmptyDirectory();
    assertThat(directory.resolve("cells/later-seed1")).doesNotExist();
    assertThat(directory.resolve("results.csv")).content().contains("later-seed1,later,1,waiting");
  }

  @Test
  void killedAndResumedItGivesTheSameResults() throws Exception {
    // Long enough to be killed half-way.
    write(
        TINY
            + """
            methods {
              mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }
              seqgan { training.generator-pretraining.epochs = 1000, evaluation.every-epochs = 250 }
            }
            seeds = [1]
            """);
    Path whole = folder.resolve("whole");
    Program.Result uninterrupted =
        Program.run("matrix", file.toString(), "--out", whole.toString(), "-q");
    assertThat(uninterrupted.exitCode()).as(uninterrupted.err()).isZero();

    Process process = start().process();
    Path mle = directory.resolve("cells/mle-seed1/summary.json");
    Path seqgan = directory.resolve("work/seqgan-seed1.1");
    await(() -> Files.exists(seqgan.resolve("run/metrics.jsonl")), process);
    process.destroyForcibly().waitFor();
    FileTime before = Files.getLastModifiedTime(mle);
    assertThat(seqgan.resolve("summary.json")).as("the kill came too late").doesNotExist();
    // The process of a cell ends by itself when the one that started it is gone.
    ProgramProcess.awaitEndOf(seqgan.resolve("run"));
    // As if its process had worked for long.
    Files.writeString(seqgan.resolve("time.json"), "{\"seconds\":1000}");

    Program.Result resumed = matrix("--resume", "-q");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(Files.getLastModifiedTime(mle)).isEqualTo(before);
    assertThat(withoutTimes(directory)).isEqualTo(withoutTimes(whole)).hasSize(3);
    assertThat(perSequence(directory)).isEqualTo(perSequence(whole));
    assertThat(Files.readString(whole.resolve("results.csv"))).contains("nll-oracle at 0.7");
    assertThat(seconds(directory)).isBetween(1000.0, 1000 + 900.0);
    assertThat(seconds(whole)).isBetween(0.1, 900.0);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalStopsTheCellsAndSaysHowToGoOn(String signal, int code) throws Exception {
    ProgramProcess.requireSignals();
    write(
        TINY
            + """
            methods {
              mle { training { generator-pretraining.epochs = 100000, adversarial.rounds = 0 } }
            }
            seeds = [1]
            """);
    Path status = directory.resolve("work/mle-seed1.1/run/status.json");
    try (ProgramProcess matrix = start()) {
      // The file is there before training is.
      await(() -> status.resolveSibling("metrics.jsonl").toFile().length() > 0, matrix.process());

      matrix.send(signal);

      assertThat(matrix.awaitEnd()).isEqualTo(code);
      assertThat(matrix.errors()).contains("interrupted; run the same command with --resume");
    }
    JsonNode stopped = new ObjectMapper().readTree(status.toFile());
    assertThat(stopped.get("state").asText()).isEqualTo("interrupted");
    Position saved = Position.named(stopped.get("checkpoint").asText()).orElseThrow();
    assertThat(status.resolveSibling("checkpoints").resolve(saved.label())).isDirectory();
    assertThat(saved.step())
        .as("saved where it was, not before")
        .isEqualTo(stopped.get("step").intValue());
    assertThat(directory.resolve("results.csv")).content().contains("mle-seed1,mle,1,waiting");
  }

  @Test
  void aDryRunChecksPlansAndEstimatesButRunsNothing() throws IOException {
    write(TINY + TWO_METHODS + "seeds = [1, 2]");

    Program.Result result = matrix("--dry-run", "--probe", "0.1", "-j", "2");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Matrix tiny, 4 cells", "  preset = quickstart")
        .contains("#2: seed=1 (seqgan-seed1)")
        .containsPattern("Estimate: about (\\d+:)?\\d+:\\d\\d with -j 2");
    assertThat(directory).doesNotExist();
  }

  @Test
  void wrongUseIsSaidInOneLine() throws IOException {
    write(TINY + TWO_METHODS + "seeds = [1]");

    assertThat(matrix("--size", "paper").err()).contains("--size is for the matrices that");
    assertThat(matrix("--resume").err()).contains("found none; start it without --resume");
    assertThat(matrix("-j", "2", "--threads", "1").err()).contains("lower -j or raise --threads");
    assertThat(matrix("-j", "2", "--memory", "600m").err()).contains("lower -j or raise --memory");
    assertThat(matrix("--memory", "much").err()).contains("expected an amount such as 512m or 8g");
    assertThat(matrix("--fail-fast", "--keep-going").exitCode()).isEqualTo(2);
    Program.Result unknown = Program.run("matrix", "tabel1");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("'tabel1' is neither a file nor a matrix", "table1");
    assertThat(Program.run("matrix").out()).contains("table1", "figure3", "controls");
  }

  private static String failing() {
    return """
        methods {
          mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }
          broken { task.parameters = no-such-file.pkl }
          later { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 1 } }
        }
        """;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private Program.Result matrix(String... options) {
    return Program.run(words(options).toArray(String[]::new));
  }

  private List<String> words(String... options) {
    List<String> words = new ArrayList<>(List.of("matrix", file.toString()));
    words.addAll(List.of("--out", directory.toString()));
    words.addAll(List.of(options));
    return words;
  }

  private ProgramProcess start() throws IOException {
    return ProgramProcess.start(folder.resolve("errors.txt"), words("-q").toArray(String[]::new));
  }

  private static void await(BooleanSupplier condition, Process process)
      throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(600));
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive()).as("the program runs").isTrue();
      assertThat(Instant.now()).as("it took too long").isBefore(end);
      Thread.sleep(20);
    }
  }

  private String state(String cell) throws IOException {
    Path summary = directory.resolve("cells").resolve(cell).resolve("summary.json");
    return new ObjectMapper().readTree(summary.toFile()).get("state").asText();
  }

  private static List<String> withoutTimes(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("results.csv")).stream()
        .map(line -> line.replaceFirst(",done,[^,]*,", ",done,,"))
        .toList();
  }

  private static double seconds(Path directory) throws IOException {
    Path summary = directory.resolve("cells/seqgan-seed1/summary.json");
    return new ObjectMapper().readTree(summary.toFile()).get("seconds").doubleValue();
  }

  private static JsonNode perSequence(Path directory) throws IOException {
    Path summary = directory.resolve("cells/seqgan-seed1/summary.json");
    return new ObjectMapper().readTree(summary.toFile()).get("perSequence");
  }
}
