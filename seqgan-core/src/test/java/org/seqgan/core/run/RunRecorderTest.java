package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Tune;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;

/** {@link RunRecorder}: what is in the directory after which event. */
class RunRecorderTest {
  private static final Map<Phase, Integer> PLAN =
      Map.of(
          Phase.GENERATOR_PRETRAINING, 2,
          Phase.DISCRIMINATOR_PRETRAINING, 1,
          Phase.ADVERSARIAL, 3);

  private final ManualClock clock = new ManualClock();
  private final AtomicInteger reports = new AtomicInteger();
  private RunDirectory run;
  private RunRecorder recorder;
  private final RunLayout layout;

  RunRecorderTest(@TempDir Path folder) {
    layout = new RunLayout(folder.resolve("run"));
    run =
        RunDirectory.create(
            layout.root(), "", new RunDescription("0", List.of(), List.of()), clock);
    recorder = recorder();
  }

  @AfterEach
  void close() {
    run.close();
  }

  private RunRecorder recorder() {
    return new RunRecorder(
        run, contents -> "report " + reports.incrementAndGet(), clock, clock::nanoTime);
  }

  private void reopen() {
    run.close();
    run =
        RunDirectory.openExisting(
            layout.root(), new RunDescription("0", List.of(), List.of()), clock);
    recorder = recorder();
  }

  private RunStatus status() {
    return RunStatus.read(layout.status());
  }

  private void start(Phase phase, int step) {
    recorder.on(new TrainingEvent.Started(PLAN, phase, step));
  }

  private static List<Shown> shown(String... texts) {
    return Stream.of(texts).map(text -> new Shown(text, Optional.empty())).toList();
  }

  private void step(Phase phase, int step) {
    recorder.on(new TrainingEvent.Measured(phase, step, Map.of("g-loss", (double) step), 2));
    recorder.on(new TrainingEvent.Sampled(phase, step, shown("one two", "three")));
    recorder.on(
        TrainingEvent.Warned.of(
            phase, step, WarningKind.COLLAPSE, "look at " + phase.label() + " " + step));
    recorder.on(new TrainingEvent.StepFinished(phase, step));
  }

  @Test
  void writesFiguresSamplesAndHowItStands() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 1);
    assertThat(MetricsHistory.read(layout.metrics()).series("g-loss")).hasSize(1);
    assertThat(layout.samples().resolve("generator-pretraining-000001.txt"))
        .hasContent("one two\nthree\n");
    assertThat(status().position()).isEqualTo(new Position(Phase.GENERATOR_PRETRAINING, 1));
    assertThat(status().plan()).isEqualTo(PLAN);
    assertThat(status().warnings())
        .extracting(RunStatus.Warning::message)
        .containsExactly("look at generator-pretraining 1");
  }

  @Test
  void keepsOneLineOfAWarningThatGoesOnWithItsCountAndItsEnd() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    recorder.on(warned(1, 1, false));
    recorder.on(warned(2, 2, false));
    recorder.on(new TrainingEvent.StepFinished(Phase.GENERATOR_PRETRAINING, 2));
    assertThat(status().warnings()).containsExactly(warning(2, 2, false));
    recorder.on(warned(5, 2, true));
    assertThat(status().warnings()).containsExactly(warning(5, 2, true));
    assertThat(status().warnings().get(0).when())
        .isEqualTo("2 times, generator-pretraining 1 to generator-pretraining 5, then over");
    recorder.on(new TrainingEvent.Warned(PHASE, 9, WarningKind.COLLAPSE, "few", 9, 1, false));
    assertThat(status().warnings()).extracting(RunStatus.Warning::times).containsExactly(2, 1);
  }

  private static final Phase PHASE = Phase.GENERATOR_PRETRAINING;

  private static TrainingEvent.Warned warned(int step, int times, boolean over) {
    return new TrainingEvent.Warned(PHASE, step, WarningKind.COLLAPSE, "few", 1, times, over);
  }

  private static RunStatus.Warning warning(int last, int times, boolean over) {
    return new RunStatus.Warning(
        new Position(PHASE, 1),
        new Position(PHASE, last),
        Optional.of(WarningKind.COLLAPSE),
        "few",
        times,
        over);
  }

  @Test
  void aWarningOfAnEarlierVersionHasNoKind() throws IOException {
    start(Phase.GENERATOR_PRETRAINING, 0);
    recorder.on(warned(1, 1, false));
    String old =
        Files.readString(layout.status())
            .replaceAll("\\s*\"(last-step|kind|times|over)\" : [^,]+,", "");
    Files.writeString(layout.status(), old);
    assertThat(status().warnings())
        .containsExactly(RunStatus.Warning.remark(new Position(PHASE, 1), "few"));
  }

  @Test
  void partsSequencesOfSeveralLinesByAnEmptyLine() {
    recorder.on(new TrainingEvent.Sampled(Phase.ADVERSARIAL, 3, shown("a\nb", "c")));
    assertThat(layout.samples().resolve("adversarial-000003.txt")).hasContent("a\nb\n\nc\n\n");
  }

  @Test
  void keepsTheNotesOfTunesBesideTheirText() {
    Tune tune = new Tune(List.of(new Tune.Note(60, 0, 0.4), new Tune.Note(127, 0.4, 1.25)));
    List<Shown> sequences =
        List.of(new Shown("c' \"g\"", Optional.of(tune)), new Shown("rest", Optional.empty()));
    recorder.on(new TrainingEvent.Sampled(Phase.ADVERSARIAL, 3, sequences));
    recorder.on(new TrainingEvent.Sampled(Phase.ADVERSARIAL, 4, shown("no tune")));
    SampleFolder samples = new SampleFolder(layout.samples());
    assertThat(samples.positions()).hasSize(2);
    assertThat(samples.read(new Position(Phase.ADVERSARIAL, 3)).tunes()).isEqualTo(sequences);
    assertThat(samples.read(new Position(Phase.ADVERSARIAL, 4)).tunes()).isEmpty();
    assertThat(layout.samples().resolve("adversarial-000004.tunes.json")).doesNotExist();
  }

  @Test
  void dropsTunesOfLaterStepsWhenTrainingResumes() {
    Tune tune = new Tune(List.of(new Tune.Note(60, 0, 0.4)));
    recorder.on(
        new TrainingEvent.Sampled(
            Phase.ADVERSARIAL, 3, List.of(new Shown("c", Optional.of(tune)))));
    assertThat(layout.samples().resolve("adversarial-000003.tunes.json")).exists();
    start(Phase.ADVERSARIAL, 2);
    assertThat(layout.samples()).isEmptyDirectory();
  }

  @Test
  void namesAFileOfTunesThatIsDamaged() throws IOException {
    recorder.on(new TrainingEvent.Sampled(Phase.ADVERSARIAL, 3, shown("c")));
    Files.writeString(
        layout.samples().resolve("adversarial-000003.tunes.json"),
        "{\"sequences\": [{\"text\": \"c\", \"notes\": [[60, 0]]}]}");
    assertThatThrownBy(
            () -> new SampleFolder(layout.samples()).read(new Position(Phase.ADVERSARIAL, 3)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("adversarial-000003.tunes.json")
        .hasMessageContaining("expected [pitch, start, seconds], found [60,0]");
  }

  @Test
  void writesProgressAtMostOnceASecond() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    recorder.on(new TrainingEvent.Progress(Phase.GENERATOR_PRETRAINING, 2, 0.25, Map.of()));
    assertThat(status().position().step()).isZero();
    clock.advance(Duration.ofSeconds(1));
    recorder.on(new TrainingEvent.Progress(Phase.GENERATOR_PRETRAINING, 2, 0.5, Map.of()));
    assertThat(status().position().step()).isEqualTo(1);
    assertThat(status().fraction()).isEqualTo(0.5);
  }

  @Test
  void endsFinishedWithAReport() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    recorder.on(new TrainingEvent.Finished());
    run.close();
    assertThat(status().state()).isEqualTo(RunStatus.State.FINISHED);
    assertThat(status().fraction()).isEqualTo(1);
    assertThat(layout.report()).hasContent("report 2");
  }

  @Test
  void endsFailedWithItsMessage() {
    recorder.failed("out of memory");
    run.close();
    assertThat(status().state()).isEqualTo(RunStatus.State.FAILED);
    assertThat(status().message()).contains("out of memory");
  }

  @Test
  void staysInterruptedThoughTrainingGoesOnForAMoment() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    recorder.markInterrupted();
    step(Phase.GENERATOR_PRETRAINING, 1);
    assertThat(status().state()).isEqualTo(RunStatus.State.INTERRUPTED);
  }

  @Test
  void rewritesTheReportAtMostEveryTenSeconds() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 1);
    assertThat(reports).hasValue(1);
    clock.advance(Duration.ofSeconds(10));
    step(Phase.GENERATOR_PRETRAINING, 2);
    assertThat(reports).hasValue(2);
  }

  @Test
  void setsAsideWhatWasWrittenAboutLaterStepsWhenTrainingResumes() throws IOException {
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 1);
    step(Phase.GENERATOR_PRETRAINING, 2);
    step(Phase.DISCRIMINATOR_PRETRAINING, 1);
    reopen();
    assertThat(run.asideOf(Optional.of(new Position(Phase.GENERATOR_PRETRAINING, 1))))
        .isEqualTo(new SetAside(2, 2, 2, layout.setAside()))
        .hasToString("2 lines of metrics, 2 sets of samples, 2 warnings in " + layout.setAside());
    start(Phase.GENERATOR_PRETRAINING, 1);
    Position kept = new Position(Phase.GENERATOR_PRETRAINING, 1);
    assertThat(MetricsHistory.read(layout.metrics()).rows())
        .extracting(MetricsHistory.Row::position)
        .containsExactly(kept);
    assertThat(new SampleFolder(layout.samples()).positions()).containsExactly(kept);
    assertThat(status().warnings()).extracting(RunStatus.Warning::position).containsExactly(kept);
    assertThat(status().position()).isEqualTo(kept);
    assertThat(layout.setAside().resolve("metrics.jsonl")).content().hasLineCount(2);
    assertThat(layout.setAside().resolve("warnings.jsonl")).content().hasLineCount(2);
    assertThat(layout.setAside().resolve("samples").toFile().list())
        .containsExactlyInAnyOrder(
            "generator-pretraining-000002.txt", "discriminator-pretraining-000001.txt");
  }

  @Test
  void setsEverythingAsideWhenTrainingStartsFromTheBeginning() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 0);
    reopen();
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 0);
    assertThat(MetricsHistory.read(layout.metrics()).rows()).hasSize(1);
    assertThat(status().warnings()).hasSize(1);
  }

  @Test
  void keepsFiguresOfPretrainingAtTheStartOfALaterPhase() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 2);
    reopen();
    start(Phase.DISCRIMINATOR_PRETRAINING, 0);
    assertThat(MetricsHistory.read(layout.metrics()).rows()).hasSize(1);
  }

  @Test
  void keepsTheFirstFiguresWhereTrainingGoesOnWithinTheFirstStep() {
    start(Phase.GENERATOR_PRETRAINING, 0);
    step(Phase.GENERATOR_PRETRAINING, 0);
    reopen();
    recorder.on(new TrainingEvent.Started(PLAN, Phase.GENERATOR_PRETRAINING, 0, 3));
    assertThat(MetricsHistory.read(layout.metrics()).rows()).hasSize(1);
  }

  @Test
  void marksTheRunInterruptedWhenAKillIsPolite() throws Exception {
    run.close();
    Path other = layout.root().resolveSibling("other");
    Process training = Child.start(TrainForever.class, other.toString());
    Child.awaitLine(training, "training");
    // Process.destroy() would close its output.
    training.toHandle().destroy();
    Child.awaitLine(training, "stopped");
    assertThat(training.waitFor()).isEqualTo(143);
    RunStatus ended = RunStatus.read(other.resolve("status.json"));
    assertThat(ended.state()).isEqualTo(RunStatus.State.INTERRUPTED);
    assertThat(other.resolve("report.html")).hasContent("interrupted");
  }

  /** Trains until it is asked to stop. */
  static final class TrainForever {
    private TrainForever() {}

    public static void main(String[] arguments) throws InterruptedException {
      ManualClock clock = new ManualClock();
      RunDescription description = new RunDescription("0", List.of(), List.of());
      int code;
      try (PoliteStop stop = PoliteStop.install(() -> {}, Duration.ofSeconds(20))) {
        RunDirectory run = RunDirectory.create(Path.of(arguments[0]), "", description, clock);
        RunRecorder recorder =
            new RunRecorder(
                run, contents -> contents.status().state().label(), clock, clock::nanoTime);
        Child.say("training");
        while (!stop.getAsBoolean()) {
          Thread.sleep(5);
        }
        recorder.markInterrupted();
        run.close();
        Child.say("stopped");
        code = stop.signal().orElseThrow().exitCode();
      }
      System.exit(code);
    }
  }

  @Test
  void marksTheRunInterruptedWhereTrainingDoesNotStopInTime() {
    try (PoliteStop stop = PoliteStop.install(() -> {}, Duration.ZERO)) {
      stop.whenOutOfGrace(recorder::markInterrupted);
      stop.shutDown();
      assertThat(stop.getAsBoolean()).isTrue();
    }
    assertThat(status().state()).isEqualTo(RunStatus.State.INTERRUPTED);
  }

  @Test
  void saysWhichFileCannotBeWritten() throws IOException {
    Files.createDirectory(layout.report());
    Files.writeString(layout.report().resolve("in the way"), "");
    assertThatThrownBy(() -> recorder.failed("x"))
        .hasMessageStartingWith("cannot write " + layout.report());
  }
}
