package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.Position;

@DisplayName("A polite stop of the program loses nothing")
@Tag("slow")
class StoppedProgramTest {
  /**
   * More than a thousand batches in each phase. What is printed of each half of them is more than a
   * pipe holds, so that a phase cannot end while nobody reads, however late a signal comes.
   */
  private static final List<String> LONGER =
      List.of(
          "task.training-sequences=400",
          "training.generator-pretraining.epochs=50",
          "training.discriminator-pretraining.rounds=10",
          "training.discriminator-pretraining.epochs=3",
          "training.adversarial.rounds=15",
          "training.adversarial.g-steps=2",
          "training.adversarial.k=2");

  /** It takes a while to save. */
  private static final String[] UNTRAINED_AND_LARGE = {
    "task.vocabulary-size=4000",
    "generator.embedding-size=1000",
    "training.generator-pretraining.epochs=0",
    "training.discriminator-pretraining.rounds=0",
    "training.adversarial.rounds=0"
  };

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void nameRun() throws Exception {
    ProgramProcess.requireSignals();
    run = folder.resolve("run");
  }

  private ProgramProcess start(String... words) throws Exception {
    return ProgramProcess.start(folder.resolve("errors.txt"), words);
  }

  private ProgramProcess train() throws Exception {
    if (Files.exists(run)) {
      return start("train", "--resume", "--run", run.toString(), "--format=json");
    }
    List<String> words = quickstart(LONGER);
    words.add("--format=json");
    return start(words.toArray(String[]::new));
  }

  /** The words that train a new run, which says what it does. */
  private List<String> quickstart(List<String> more) {
    List<String> words = new ArrayList<>(List.of("train", "quickstart"));
    words.addAll(SmallRun.OPTIONS);
    words.addAll(more);
    words.addAll(List.of("--run", run.toString()));
    return words;
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(run.resolve("status.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void itEndsLikeOneThatWasNotStopped(long seed) throws Exception {
    RandomStream random = RandomStream.of(seed);
    Path whole = SmallRun.train(folder.resolve("whole"), LONGER.toArray(String[]::new));
    for (String phase :
        List.of("generator-pretraining", "discriminator-pretraining", "adversarial")) {
      for (String signal : List.of("INT", "TERM")) {
        try (ProgramProcess program = train()) {
          String progress = "\"event\":\"progress\"";
          program.awaitLine(line -> line.contains(progress) && line.contains(phase));
          for (int more = random.nextInt(20); more > 0; more--) {
            program.awaitLine(line -> true);
          }
          program.send(signal);
          String stopped = program.awaitLine(line -> line.contains("\"event\":\"stopped\""));
          assertThat(program.awaitEnd()).isEqualTo(signal.equals("INT") ? 130 : 143);
          assertSaved(new ObjectMapper().readTree(stopped), program.errors());
        }
      }
    }
    SmallRun.succeeds("train", "--resume", "-q", "--run", run.toString());
    assertThat(SmallRun.metrics(run)).isEqualTo(SmallRun.metrics(whole));
    assertThat(SmallRun.contents(run.resolve("samples")))
        .isEqualTo(SmallRun.contents(whole.resolve("samples")));
    assertThat(SmallRun.arrays(run, "adversarial-000015"))
        .isEqualTo(SmallRun.arrays(whole, "adversarial-000015"));
    assertThat(run.resolve("set-aside")).as("nothing had to be done again").doesNotExist();
  }

  private void assertSaved(JsonNode stopped, String errors) throws Exception {
    String phase = stopped.get("phase").asText();
    String step = stopped.get("step").asText();
    String batch = stopped.has("batch") ? stopped.get("batch").asText() : "";
    assertThat(errors)
        .contains("seqgan: stopping at the end of the batch; a second signal stops at once\n")
        .contains("seqgan: saved at " + phase + " " + step + "/")
        .contains((batch.isEmpty() ? "" : ", batch " + batch) + "; go on with: ")
        .endsWith("seqgan train --resume --run " + run + "\n");
    assertThat(status().get("state").asText()).isEqualTo("interrupted");
    assertThat(status().get("checkpoint").asText())
        .isEqualTo(phase + "-" + step + (batch.isEmpty() ? "" : "+" + batch));
  }

  @Test
  void aRunIsToldToGoBeforeItsFirstBatch() throws Exception {
    Path donor = SmallRun.train(folder.resolve("donor"), "training.adversarial.rounds=0");
    List<String> words = quickstart(List.of("--from", donor.toString()));

    assertStopsInOrder(ToldToGo.start(printed(), "begins with the state of", words));
    assertSavedWhatItBeganWith();
  }

  @Test
  void aRunThatHasNothingYetIsToldToGoAndGoesOn() throws Exception {
    assertStopsInOrder(ToldToGo.start(printed(), "sampled from the oracle", quickstart(List.of())));

    SmallRun.succeeds("train", "--resume", "-q", "--run", run.toString());
    assertThat(SmallRun.metrics(run))
        .isEqualTo(SmallRun.metrics(SmallRun.train(folder.resolve("whole"))));
  }

  @Test
  void aCellIsToldToGoBeforeItsFirstBatch() throws Exception {
    Path file = folder.resolve("matrix.conf");
    Files.writeString(
        file, MatrixCommandTest.TINY + "methods { mle {}, bleu { reward = bleu } }\nseeds = [1]");
    Path matrix = folder.resolve("matrix");
    SmallRun.succeeds("matrix", file.toString(), "-q", "-j", "1", "--out", matrix.toString());
    Path attempt = matrix.resolve("work/bleu-seed1.7");
    Files.move(matrix.resolve("cells/bleu-seed1"), attempt);
    Files.delete(attempt.resolve("summary.json"));
    run = attempt.resolve("run");
    DurableFiles.delete(run);

    List<String> words = List.of("cell", "--threads", "1", "--memory", "256000000");
    Process cell = ToldToGo.start(printed(), "begins with the state of", words);
    cell.getOutputStream().write((attempt + "\n").getBytes(UTF_8));
    cell.getOutputStream().flush();

    assertStopsInOrder(cell);
    assertSavedWhatItBeganWith();
  }

  @Test
  void anImportThatIsToldToGoWhileItMakesItsRunMakesTheWholeRun() throws Exception {
    Path donor = SmallRun.train(folder.resolve("donor"), UNTRAINED_AND_LARGE);
    Path model = folder.resolve("model.seqgan");
    SmallRun.succeeds("export", donor.toString(), model.toString());
    try (ProgramProcess program = start("import", model.toString(), "--run", run.toString())) {
      while (program.isAlive() && Files.notExists(run.resolve("status.json"))) {
        Thread.onSpinWait();
      }
      program.process().toHandle().destroy(); // SIGTERM
      program.awaitEnd();
      assertThat(status().get("state").asText()).as(program.errors()).isEqualTo("finished");
    }
  }

  private Path printed() {
    return folder.resolve("printed.txt");
  }

  private void assertStopsInOrder(Process process) throws Exception {
    try {
      assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      ProgramProcess.end(process);
    }
    String all = Files.readString(printed());
    assertThat(process.exitValue()).as(all).isEqualTo(ToldToGo.CODE);
    assertThat(status().get("state").asText()).as(all).isEqualTo("interrupted");
  }

  private void assertSavedWhatItBeganWith() throws Exception {
    Position saved = Position.named(status().get("checkpoint").asText()).orElseThrow();
    assertThat(saved).isEqualTo(new Position(Phase.DISCRIMINATOR_PRETRAINING, 1));
    assertThat(run.resolve("checkpoints").resolve(saved.label())).isDirectory();
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "sample, INT, 130",
    "sample, TERM, 143",
    "evaluate, INT, 130",
    "evaluate, TERM, 143",
    "bench, INT, 130",
    "bench, TERM, 143"
  })
  void commandsThatLeaveNothingBehindEndAtOnce(String command, String signal, int code)
      throws Exception {
    List<String> words =
        switch (command) {
          case "sample" -> List.of("sample", SmallRun.train(run).toString(), "-n", "50000000");
          case "evaluate" ->
              List.of("evaluate", longEvaluation().toString(), "--metrics=self-bleu");
          default -> List.of("bench");
        };
    try (ProgramProcess program = start(words.toArray(String[]::new))) {
      Thread.sleep(1500);
      assertThat(program.process().isAlive()).as(program.errors()).isTrue();
      program.send(signal);
      assertThat(program.awaitEnd()).isEqualTo(code);
    }
  }

  private Path longEvaluation() throws Exception {
    SmallRun.train(run);
    Path config = run.resolve("config.conf");
    Files.writeString(
        config,
        Files.readString(config).replace("evaluation.samples = 40", "evaluation.samples = 400000"));
    return run;
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aDownloadEndsAtOnceAndGoesOnNextTime(String signal, int code) throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.naming(NumbersTaskProvider.class, TaskProvider.class, plugins.resolve("numbers.jar"));
    CountDownLatch asked = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> asked.countDown());
    server.start();
    String from = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    try (ProgramProcess program =
        start("data", "fetch", "numbers", "--from", from, "-q", "--plugins=" + plugins)) {
      while (!asked.await(100, TimeUnit.MILLISECONDS)) {
        assertThat(program.isAlive()).as(program.errors()).isTrue();
      }
      program.send(signal);
      assertThat(program.awaitEnd()).isEqualTo(code);
    } finally {
      server.stop(0);
    }
  }
}
