package org.seqgan.core.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.registry.PluginRegistry;

/**
 * The steps of Algorithm 1 as one size after another grows, all others as in {@link
 * StandardWorkload}. A point for which there is no room is passed over, and told. One thread at a
 * time.
 */
public final class ScaleWorkload {
  private static final String ALL = "all";

  private final PluginRegistry registry;
  private final List<String> overrides;
  private final Stopwatch stopwatch;
  private final Listener listener;
  private final List<ScalePoint> points = new ArrayList<>();
  private final List<ScaleResult.Skipped> skipped = new ArrayList<>();

  /** Hears of each point as it is done. */
  public interface Listener {
    /** It was measured. */
    void measured(ScalePoint point);

    /** It was passed over. */
    void skipped(ScaleResult.Skipped skipped);
  }

  private ScaleWorkload(
      PluginRegistry registry, List<String> overrides, Stopwatch stopwatch, Listener listener) {
    this.registry = registry;
    this.overrides = overrides;
    this.stopwatch = stopwatch;
    this.listener = listener;
  }

  /**
   * Measures.
   *
   * @param overrides such as {@code backend.threads=2}
   * @param axes what is varied
   * @throws UserException if an override is wrong or the backend does not run here
   */
  public static ScaleResult run(
      PluginRegistry registry,
      List<String> overrides,
      Collection<ScaleAxis> axes,
      Stopwatch stopwatch,
      Listener listener) {
    ScaleWorkload workload = new ScaleWorkload(registry, overrides, stopwatch, listener);
    // At the sizes of the paper first: what is wrong there is wrong everywhere, and ends it.
    ResolvedConfig standard = workload.config(List.of());
    Ceilings ceilings;
    try (Experiment experiment = Experiment.open(standard, registry)) {
      ceilings = new TrainingWork(experiment).ceilings(stopwatch);
    }
    for (ScaleAxis axis : axes) {
      workload.along(axis, standard, ceilings);
    }
    return new ScaleResult(Computer.of(standard), workload.points, workload.skipped);
  }

  private void along(ScaleAxis axis, ResolvedConfig standard, Ceilings ceilings) {
    boolean threads = axis == ScaleAxis.THREADS;
    if (threads && !hasThreads(standard)) {
      String reason =
          "backend %s has no option threads"
              .formatted(standard.backend().provider().about().name());
      axis.sizes().forEach(value -> skip(axis, value, ALL, reason));
      return;
    }
    for (int value : axis.sizes()) {
      measure(axis, value, threads ? Optional.empty() : Optional.of(ceilings));
    }
  }

  private static boolean hasThreads(ResolvedConfig config) {
    return Arrays.stream(config.backend().options().getClass().getRecordComponents())
        .anyMatch(component -> component.getName().equals("threads"));
  }

  /** Every step at one size; each may have no room. */
  private void measure(ScaleAxis axis, int value, Optional<Ceilings> known) {
    try {
      ResolvedConfig config = config(axis.overrides(value));
      try (Experiment experiment = Experiment.open(config, registry)) {
        TrainingWork training = new TrainingWork(experiment);
        Ceilings ceilings = known.orElseGet(() -> training.ceilings(stopwatch));
        for (ScaleStep step : axis.steps()) {
          measure(axis, value, step, experiment, training, ceilings);
        }
      }
    } catch (UserException e) {
      skip(axis, value, ALL, e.getMessage());
    } catch (OutOfMemoryError e) {
      skip(axis, value, ALL, Failure.of(e).message());
    }
  }

  private void measure(
      ScaleAxis axis,
      int value,
      ScaleStep step,
      Experiment experiment,
      TrainingWork training,
      Ceilings ceilings) {
    try {
      int batch = axis.batch(value);
      long tokens = (long) step.sequences(batch) * experiment.task().data().sequenceLength();
      Figure figure = step.work(training, batch).time(stopwatch);
      ScalePoint point = new ScalePoint(axis, value, step, tokens, figure, ceilings);
      points.add(point);
      listener.measured(point);
    } catch (UserException e) {
      skip(axis, value, step.label(), e.getMessage());
    } catch (OutOfMemoryError e) {
      skip(axis, value, step.label(), Failure.of(e).message());
    }
  }

  private void skip(ScaleAxis axis, int value, String step, String reason) {
    ScaleResult.Skipped one = new ScaleResult.Skipped(axis, value, step, reason);
    skipped.add(one);
    listener.skipped(one);
  }

  private ResolvedConfig config(List<String> sizes) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(
        List.of("task.validation-sequences=1", "task.test-sequences=1", "evaluation.samples=1"));
    all.addAll(sizes);
    return ExperimentConfig.load(registry, StandardWorkload.PRESET, all);
  }
}
