package org.seqgan.cli.ui;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.metric.Better;
import org.seqgan.api.task.Tune;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunRecorder;

/** A run that is written by what writes those of trainings, without training. */
final class WrittenRun implements AutoCloseable {
  static final String CONFIG =
      """
      seed = 7                    # default
      task.name = oracle          # preset quickstart:3
      generator.name = lstm       # preset quickstart:4
      generator.hidden-size = 32  # command line: generator.hidden-size=32
      training.name = seqgan      # default
      """;
  private static final Map<Phase, Integer> PLAN =
      Map.of(Phase.GENERATOR_PRETRAINING, 4, Phase.ADVERSARIAL, 10);
  private static final RunDescription DESCRIPTION =
      new RunDescription(
          "0.1.0",
          List.of(
              new MetricNote("nll-oracle", Better.LOWER, "nats <on> \"40\" samples"),
              new MetricNote("distinct-2", Better.HIGHER, "share of 2-grams")),
          List.of("seed 7"));

  private final RunDirectory run;
  private final RunRecorder recorder;

  private WrittenRun(RunDirectory run) {
    this.run = run;
    this.recorder = new RunRecorder(run, contents -> "<p>report", InstantSource.system(), () -> 0);
  }

  /** Begins a run. */
  static WrittenRun begin(Path root, String config) {
    WrittenRun written =
        new WrittenRun(RunDirectory.create(root, config, DESCRIPTION, InstantSource.system()));
    written.recorder.on(new TrainingEvent.Started(PLAN, Phase.GENERATOR_PRETRAINING, 0));
    return written;
  }

  /** A step of the adversarial phase. */
  WrittenRun step(int step, String... samples) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("nll-oracle", 10.0 - step);
    values.put("distinct-2", 0.5);
    values.put("g-loss", step == 2 ? Double.NaN : 1.0);
    values.put("g-loss-q50", 1.0);
    recorder.on(new TrainingEvent.Measured(Phase.ADVERSARIAL, step, values, 1));
    recorder.on(
        new TrainingEvent.Sampled(
            Phase.ADVERSARIAL,
            step,
            List.of(samples).stream().map(text -> new Shown(text, Optional.empty())).toList()));
    recorder.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, step));
    return this;
  }

  /** A tune among the samples of a step. */
  WrittenRun tune(int step) {
    Shown tune = new Shown("C D", Optional.of(new Tune(List.of(new Tune.Note(60, 0, 0.5)))));
    recorder.on(new TrainingEvent.Sampled(Phase.ADVERSARIAL, step, List.of(tune)));
    return this;
  }

  WrittenRun warn(String message) {
    recorder.on(TrainingEvent.Warned.of(Phase.ADVERSARIAL, 1, WarningKind.COLLAPSE, message));
    return this;
  }

  void finish() {
    recorder.on(new TrainingEvent.Finished());
    close();
  }

  @Override
  public void close() {
    run.close();
  }
}
