package org.seqgan.core.workbench;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunRecorder;

/** A run that is written by what writes those of trainings, without training. */
final class RunMaker implements AutoCloseable {
  private static final AtomicLong MILLIS = new AtomicLong();

  /** Goes on by a millisecond whenever it is asked: no two runs are written at one time. */
  static final InstantSource CLOCK =
      () -> Instant.parse("2026-01-02T03:04:05Z").plusMillis(MILLIS.incrementAndGet());

  static final String CONFIG =
      """
      seed = 7                      # default
      task.name = oracle            # preset quickstart:3
      generator.name = lstm         # preset quickstart:4
      generator.hidden-size = 32    # command line: generator.hidden-size=32
      # task.parameters is not set  # default
      discriminator.name = cnn      # default
      reward.name = discriminator   # default
      training.name = seqgan        # default
      evaluation.metrics = [task, nll-gen, "a b"]  # default
      """;
  static final Map<Phase, Integer> PLAN =
      Map.of(
          Phase.GENERATOR_PRETRAINING, 4,
          Phase.DISCRIMINATOR_PRETRAINING, 2,
          Phase.ADVERSARIAL, 10);

  private static final RunDescription DESCRIPTION =
      new RunDescription(
          "0.1.0",
          List.of(
              new MetricNote("nll-gen", Better.LOWER, "nats on 32 sequences"),
              new MetricNote("g-loss", Better.NEITHER, "nats")),
          List.of("seed 7"));

  private final RunDirectory run;
  private final RunRecorder recorder;

  private RunMaker(RunDirectory run) {
    this.run = run;
    this.recorder = new RunRecorder(run, contents -> "report", CLOCK, () -> 0);
  }

  /** Begins a run. */
  static RunMaker begin(Path root, String config) {
    RunMaker maker = new RunMaker(RunDirectory.create(root, config, DESCRIPTION, CLOCK));
    maker.recorder.on(new TrainingEvent.Started(PLAN, Phase.GENERATOR_PRETRAINING, 0));
    return maker;
  }

  /** Does steps of a phase; the even ones are evaluated. */
  RunMaker steps(Phase phase, int from, int to) {
    for (int step = from; step <= to; step++) {
      Map<String, Double> values = new LinkedHashMap<>(Map.of("g-loss", 1.0 / step));
      if (step % 2 == 0) {
        values.put("nll-gen", 10.0 - step);
        recorder.on(
            new TrainingEvent.Sampled(
                phase, step, List.of(new Shown("sample " + step, Optional.empty()))));
      }
      recorder.on(new TrainingEvent.Measured(phase, step, values, 1));
      recorder.on(new TrainingEvent.StepFinished(phase, step));
    }
    return this;
  }

  /** All that is planned. */
  RunMaker finish() {
    PLAN.keySet().stream().sorted().forEach(phase -> steps(phase, 1, PLAN.get(phase)));
    recorder.on(new TrainingEvent.Finished());
    return this;
  }

  /** An error ends it. */
  RunMaker fail(String message) {
    recorder.failed(message);
    return this;
  }

  /** A run from beginning to end. */
  static Path finished(Path root, String config) {
    begin(root, config).finish().close();
    return root;
  }

  @Override
  public void close() {
    run.close();
  }
}
