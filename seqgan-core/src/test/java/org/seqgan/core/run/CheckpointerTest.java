package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;

/** {@link Checkpointer}: when training is saved, and what stays. */
class CheckpointerTest {
  private static final RunDescription DESCRIPTION =
      new RunDescription(
          "0",
          List.of(
              new MetricNote("g-loss", Better.NEITHER, "a loss"),
              new MetricNote("nll-oracle", Better.LOWER, "the first that has a best")),
          List.of());

  private final ManualClock clock = new ManualClock();
  private final RunDirectory run;
  private RunRecorder recorder;
  private Checkpointer checkpointer;
  private Position at = new Position(Phase.GENERATOR_PRETRAINING, 0);

  CheckpointerTest(@TempDir Path folder) {
    run = RunDirectory.create(folder.resolve("run"), "", DESCRIPTION, clock);
    recorder = new RunRecorder(run, contents -> "", clock, clock::nanoTime);
    checkpointer = saving(new CheckpointOptions(99, Duration.ofSeconds(30), false));
  }

  private Checkpointer saving(CheckpointOptions options) {
    return new Checkpointer(
        run,
        () -> new Checkpoint(at, Map.of(), Map.of(), Optional.empty()),
        options,
        clock::nanoTime);
  }

  @AfterEach
  void close() {
    run.close();
  }

  private void tell(TrainingEvent event) {
    recorder.on(event);
    checkpointer.on(event);
  }

  private void start(int rounds) {
    tell(
        new TrainingEvent.Started(
            Map.of(Phase.GENERATOR_PRETRAINING, 0, Phase.ADVERSARIAL, rounds),
            Phase.GENERATOR_PRETRAINING,
            0));
  }

  private void step(int step) {
    at = new Position(Phase.ADVERSARIAL, step);
    tell(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, step));
  }

  private void evaluatedStep(int step, double nllOracle) {
    Map<String, Double> values = Map.of("nll-oracle", nllOracle);
    tell(new TrainingEvent.Measured(Phase.ADVERSARIAL, step, values, 1));
    tell(new TrainingEvent.Sampled(Phase.ADVERSARIAL, step, List.of()));
    step(step);
  }

  private void batch(int step, int batch) {
    at = new Position(Phase.ADVERSARIAL, step - 1, batch);
    tell(new TrainingEvent.Progress(Phase.ADVERSARIAL, step, 0.5, Map.of()));
  }

  private List<String> saved() {
    return run.checkpoints(1).positions().stream().map(Position::name).toList();
  }

  @Test
  void savesTheBeginningThenWhenTheIntervalHasPassedAndAfterTheLastStepOfAPhase() {
    start(7);
    for (int step = 1; step <= 7; step++) {
      clock.advance(Duration.ofSeconds(10));
      step(step);
    }
    assertThat(saved())
        .containsExactly(
            "generator-pretraining-0", "adversarial-3", "adversarial-6", "adversarial-7");
    assertThat(run.status().lineage().checkpoint()).contains(new Position(Phase.ADVERSARIAL, 7));
  }

  @Test
  void aClockThatIsSetBackDelaysNothing() {
    start(9);
    clock.advance(Duration.ofSeconds(30));
    clock.set(Instant.EPOCH);
    recorder.on(new TrainingEvent.Progress(Phase.ADVERSARIAL, 1, 0.5, Map.of()));
    assertThat(run.status().fraction()).isEqualTo(0.5);
    step(1);
    assertThat(saved()).contains("adversarial-1");
  }

  @Test
  void savesWithinAStepThatTakesLongerThanTheInterval() {
    start(9);
    clock.advance(Duration.ofSeconds(20));
    step(1);
    clock.advance(Duration.ofSeconds(20));
    batch(2, 1);
    assertThat(saved()).as("the step will soon be done").doesNotContain("adversarial-1+1");
    clock.advance(Duration.ofSeconds(20));
    batch(2, 2);
    batch(2, 3);
    assertThat(saved()).containsExactly("generator-pretraining-0", "adversarial-1+2");
  }

  @Test
  void savesWhereTrainingStops() {
    start(9);
    batch(3, 40);
    tell(new TrainingEvent.Stopped(Phase.ADVERSARIAL, 2, 40));
    assertThat(saved()).containsExactly("generator-pretraining-0", "adversarial-2+40");
    assertThat(checkpointer.saved()).contains(new Position(Phase.ADVERSARIAL, 2, 40));
  }

  @Test
  void savesAndKeepsTheBestEvaluation() {
    checkpointer = saving(new CheckpointOptions(1, Duration.ofHours(1), true));
    start(9);
    evaluatedStep(1, 5.0);
    evaluatedStep(2, 3.0);
    evaluatedStep(3, 4.0);
    evaluatedStep(4, Double.NaN);
    assertThat(saved()).containsExactly("generator-pretraining-0", "adversarial-2");
    clock.advance(Duration.ofHours(1));
    step(5);
    clock.advance(Duration.ofHours(1));
    step(6);
    assertThat(saved())
        .containsExactly("generator-pretraining-0", "adversarial-2", "adversarial-6");
    evaluatedStep(7, 2.0);
    assertThat(saved()).containsExactly("generator-pretraining-0", "adversarial-7");
    assertThat(new CheckpointChoice.Best().find(run.layout()).checkpoint().orElseThrow().step())
        .isEqualTo(7);
  }

  @Test
  void withoutBestAnEvaluationIsNoReasonToSave() {
    start(9);
    evaluatedStep(1, 5.0);
    assertThat(saved()).containsExactly("generator-pretraining-0");
  }
}
