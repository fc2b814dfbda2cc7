package org.seqgan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellListener;
import org.seqgan.core.matrix.CellProgress;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.run.CheckpointChoice;

/** On the backend that an embedder has, {@code dl4j}. */
@DisplayName("seqgan as a library")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeqGanTest {
  private static final List<String> SMALL =
      List.of(
          "backend=dl4j",
          "task.vocabulary-size=12",
          "task.sequence-length=6",
          "task.embedding-size=4",
          "task.hidden-size=4",
          "task.training-sequences=64",
          "task.test-sequences=32",
          "task.validation-sequences=8",
          "generator.embedding-size=4",
          "generator.hidden-size=4",
          "discriminator.filter-widths=[1,2]",
          "discriminator.filter-counts=[3,3]",
          "reward.roll-outs=2",
          "training.batch-size=16",
          "training.generator-pretraining.epochs=3",
          "training.discriminator-pretraining.rounds=1",
          "training.adversarial.rounds=2",
          "training.adversarial.g-steps=1",
          "training.adversarial.d-steps=1",
          "training.adversarial.k=1",
          "evaluation.samples=32");

  private final SeqGan seqgan = SeqGan.create();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<TrainingEvent> heard = new ArrayList<>();
  private Path run = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  void train(@TempDir Path runs) {
    run = runs.resolve("run");
    PrintStream quiet = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(quiet);
    System.setErr(quiet);
    TrainingOutcome outcome = seqgan.train("quickstart", SMALL, run, heard::add, () -> false);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.checkpoint()).contains("adversarial-2");
    assertThat(outcome.run()).isEqualTo(run);
  }

  @AfterAll
  void nothingHasBeenPrinted() {
    System.setOut(out);
    System.setErr(err);
    // What is logged is the caller's to choose, and in these tests a provider that prints it.
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> !line.matches("[0-9:.]+ \\[.*] (INFO|WARN) org[.]seqgan[.].* -- .*"))
        .isEmpty();
  }

  // ---- models ----

  @Test
  void aRunAndItsFileDrawTheSame() {
    Path file = folder.resolve("model.seqgan");
    SampleRequest request = SampleRequest.of(9).withSeed(4).with(Decoding.atTemperature(0.8f));
    try (SequenceModel ofRun = seqgan.open(run)) {
      assertThat(ofRun.checkpoint()).isEqualTo("adversarial-2");
      assertThat(ofRun.warnings()).isEmpty();
      ofRun.export(file, false);
      try (SequenceModel ofFile = seqgan.open(file)) {
        assertThat(ofFile.sample(request)).isEqualTo(ofRun.sample(request)).hasSize(9);
        assertThat(ofFile.provenance()).isEqualTo(ofRun.provenance());
        assertThat(ofFile.vocabulary()).isEqualTo(ofRun.vocabulary());
        assertThat(ofFile.sequenceLength()).isEqualTo(6);
      }
    }
  }

  @Test
  void sequencesBeginWithAPrefix() {
    try (SequenceModel model = seqgan.open(run, new CheckpointChoice.Best())) {
      List<GeneratedSequence> drawn = model.sample(SampleRequest.of(4).startingWith("3 1"));
      assertThat(drawn).hasSize(4).allMatch(sequence -> sequence.text().startsWith("3 1 "));
      GeneratedSequence first = drawn.get(0);
      int[] tokens = first.tokens().stream().mapToInt(Integer::intValue).toArray();
      assertThat(model.text(tokens)).isEqualTo(first.text());
      assertThat(model.tokens(first.text()).orElseThrow()).isEqualTo(tokens);
      assertThatThrownBy(() -> model.sample(SampleRequest.of(1).startingWith("3 x")))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("the prefix: 'x' is no token of the oracle");
    }
  }

  @Test
  void severalThreadsGetWhatOneWouldGet() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SequenceModel model = seqgan.open(run)) {
      List<List<GeneratedSequence>> expected = new ArrayList<>();
      for (int seed = 0; seed < 12; seed++) {
        expected.add(model.sample(SampleRequest.of(20).withSeed(seed)));
      }
      List<Future<List<GeneratedSequence>>> found = new ArrayList<>();
      for (int seed = 0; seed < 12; seed++) {
        SampleRequest request = SampleRequest.of(20).withSeed(seed);
        found.add(threads.submit(() -> model.sample(request)));
      }
      for (int seed = 0; seed < 12; seed++) {
        assertThat(found.get(seed).get()).isEqualTo(expected.get(seed));
      }
      assertThat(expected.stream().distinct()).hasSize(12);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aModelThatIsClosedDrawsNothing() {
    SequenceModel model = seqgan.open(run);
    model.close();
    model.close();
    assertThatThrownBy(() -> model.sample(SampleRequest.of(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsNotThereIsSaid() {
    Path nothing = folder.resolve("nothing");
    assertThatThrownBy(() -> seqgan.open(nothing))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "expected a run directory at %s, found nothing there; check the name, or train the run first",
            nothing);
    assertThatThrownBy(
            () -> seqgan.train("quickstart", List.of("sed=1"), nothing, event -> {}, () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean 'seed'?");
    assertThat(nothing).doesNotExist();
  }

  // ---- training ----

  @Test
  void theListenerHearsOfTraining() {
    assertThat(heard.get(0)).isInstanceOf(TrainingEvent.Started.class);
    assertThat(heard.get(heard.size() - 1)).isInstanceOf(TrainingEvent.Finished.class);
    assertThat(heard).filteredOn(TrainingEvent.StepFinished.class::isInstance).hasSize(6);
  }

  @Test
  void trainingThatIsStoppedGoesOnAsIfItHadNotBeen() throws IOException {
    Path stopped = folder.resolve("stopped");
    AtomicBoolean stop = new AtomicBoolean();
    TrainingListener stopping =
        event -> stop.set(stop.get() || event instanceof TrainingEvent.StepFinished);
    TrainingOutcome outcome = seqgan.train("quickstart", SMALL, stopped, stopping, stop::get);
    assertThat(outcome.finished()).isFalse();
    assertThat(outcome.checkpoint()).hasValueSatisfying(name -> assertThat(name).contains("-1"));
    assertThat(Files.readString(stopped.resolve("status.json")))
        .contains("\"state\" : \"interrupted\"");
    assertThat(seqgan.resume(stopped, event -> {}, () -> false).finished()).isTrue();
    Path weights = Path.of("checkpoints", "adversarial-000002", "generator.safetensors");
    assertThat(stopped.resolve(weights)).hasSameBinaryContentAs(run.resolve(weights));
  }

  // ---- matrices ----

  private static final String MATRIX =
      """
      name = tiny
      preset = quickstart
      configuration {
        backend = dl4j
        task {
          vocabulary-size = 12, sequence-length = 4, embedding-size = 4, hidden-size = 4
          training-sequences = 32, test-sequences = 16, validation-sequences = 8
        }
        generator { embedding-size = 4, hidden-size = 4 }
        training {
          batch-size = 16
          generator-pretraining.epochs = 1
          discriminator-pretraining.rounds = 0
          adversarial.rounds = 0
        }
        evaluation { samples = 16 }
      }
      baseline = one
      metric = nll-oracle
      methods { one {}, two { training.generator-pretraining.epochs = 2 } }
      seeds = [1]
      """;

  /** Stops after the first cell. */
  private static final class Hearing implements CellListener {
    private final List<CellSummary> ended = new ArrayList<>();

    @Override
    public void started(Cell cell) {}

    @Override
    public void progressed(Cell cell, CellProgress progress) {}

    @Override
    public void ended(CellSummary summary) {
      ended.add(summary);
    }
  }

  @Test
  void aMatrixIsRunAndGoesOn() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.conf"), MATRIX);
    Path directory = folder.resolve("matrix");
    Hearing first = new Hearing();
    MatrixResults half =
        seqgan.runMatrix(file, List.of(), directory, first, () -> !first.ended.isEmpty());
    assertThat(first.ended).hasSize(1);
    assertThat(half.cells())
        .extracting(cell -> cell.summary().state())
        .containsExactly(CellState.DONE, CellState.WAITING);
    Hearing second = new Hearing();
    MatrixResults all = seqgan.runMatrix(file, List.of(), directory, second, () -> false);
    assertThat(second.ended).hasSize(1);
    assertThat(all.cells())
        .allSatisfy(cell -> assertThat(cell.summary().state()).isEqualTo(CellState.DONE))
        .allSatisfy(cell -> assertThat(cell.summary().value("nll-oracle")).isPositive());
    assertThat(directory.resolve("report.html")).exists();
    assertThat(directory.resolve("results.csv")).exists();
  }
}
