package org.seqgan.core.matrix;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Excerpt;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.training.Evaluator;

/**
 * Estimates what cells take, by training a little: of the cells that differ in nothing but the seed
 * the first runs each part of its schedule for a bounded time in this process, and what a step of
 * the part takes is multiplied by the number of its steps. One at a time.
 */
public final class Probe {
  private final PluginRegistry registry;
  private final Resources resources;
  private final Duration limit;

  /**
   * What it took this process to come here, and then to open the first experiment: all was cold.
   */
  private double startSeconds;

  /**
   * A probe.
   *
   * @param resources what a cell may use
   * @param limit how long each part of a schedule is tried
   */
  public Probe(PluginRegistry registry, Resources resources, Duration limit) {
    this.registry = registry;
    this.resources = resources;
    this.limit = limit;
  }

  /**
   * The estimate for each cell, in seconds, by its id.
   *
   * @throws org.seqgan.api.UserException if a cell cannot be run
   */
  public Map<String, Double> seconds(List<Cell> cells) {
    startSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    startSeconds += open(cells.get(0));
    Map<List<String>, Double> byKind = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Cell cell : cells) {
      seconds.put(cell.id(), byKind.computeIfAbsent(kind(cell), kind -> seconds(cell)));
    }
    return seconds;
  }

  /** What cells have in common that differ in nothing but the seed. */
  private static List<String> kind(Cell cell) {
    return Stream.concat(
            Stream.of(cell.source()),
            cell.overrides().stream().filter(override -> !override.startsWith("seed=")))
        .toList();
  }

  private double seconds(Cell cell) {
    ResolvedConfig config = load(cell, List.of());
    double seconds = startSeconds + evaluations(config) * evaluation(cell, config);
    for (Excerpt excerpt : config.excerpts()) {
      seconds += excerpt.steps() * step(cell, excerpt);
    }
    return seconds;
  }

  private double open(Cell cell) {
    long start = System.nanoTime();
    Experiment.open(load(cell, List.of()), registry).close();
    return (System.nanoTime() - start) / 1e9;
  }

  private double evaluation(Cell cell, ResolvedConfig config) {
    try (Experiment experiment = Experiment.open(config, registry)) {
      long start = System.nanoTime();
      experiment.evaluate(RandomStream.of(cell.seed()).split("probe"));
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /**
   * How often a cell is evaluated: before training, on the way, and for the summary, there at every
   * temperature too.
   */
  private static long evaluations(ResolvedConfig config) {
    long evaluations = 2 + config.evaluation().temperatures().size();
    for (PhasePlan phase : config.plan().phases()) {
      evaluations +=
          IntStream.rangeClosed(1, phase.steps())
              .filter(step -> Evaluator.isDue(config.evaluation(), phase, step))
              .count();
    }
    return evaluations;
  }

  /** What a step of the one part that has steps takes. */
  private double step(Cell cell, Excerpt excerpt) {
    List<String> overrides = new ArrayList<>();
    excerpt.options().forEach((key, value) -> overrides.add("training." + key + "=" + value));
    // Evaluations are timed apart, and there are metrics that need more samples.
    overrides.addAll(List.of("evaluation.samples=1", "evaluation.metrics=[]"));
    try (Experiment experiment = Experiment.open(load(cell, overrides), registry)) {
      StepClock clock = new StepClock(System::nanoTime);
      long end = System.nanoTime() + limit.toNanos();
      experiment.train(
          Optional.empty(),
          snapshot -> clock,
          () -> clock.hasSeenWork() && System.nanoTime() >= end);
      return clock.secondsPerStep();
    }
  }

  private ResolvedConfig load(Cell cell, List<String> more) {
    List<String> overrides = new ArrayList<>(cell.overrides());
    overrides.addAll(more);
    ResolvedConfig config = ExperimentConfig.loadText(registry, cell.source(), overrides);
    overrides.addAll(resources.overrides(config));
    return ExperimentConfig.loadText(registry, cell.source(), overrides);
  }
}
