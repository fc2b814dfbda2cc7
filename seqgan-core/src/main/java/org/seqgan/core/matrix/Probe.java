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
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.training.TrainingOptions;

/**
 * Estimates what cells take, by training a little: of the cells that differ in nothing but the seed
 * the first runs each part of its schedule for a bounded time in this process, and what a step of
 * the part takes is multiplied by the number of its steps. One at a time.
 */
public final class Probe {
  private static final String EPOCHS = "training.generator-pretraining.epochs=";
  private static final String ROUNDS = "training.discriminator-pretraining.rounds=";
  private static final String GAME = "training.adversarial.rounds=";
  private static final String G_STEPS = "training.adversarial.g-steps=";
  private static final String D_STEPS = "training.adversarial.d-steps=";

  /** Enough steps that none is the last within the time of a probe. */
  private static final int MANY = 1_000_000;

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
    TrainingOptions options = config.training();
    TrainingOptions.Adversarial game = options.adversarial();
    int epochs = options.generatorPretraining().epochs();
    int rounds = options.discriminatorPretraining().rounds();
    double seconds = startSeconds + evaluations(config) * evaluation(cell, config);
    if (epochs > 0) {
      seconds += epochs * step(cell, EPOCHS + epochs, ROUNDS + 0, GAME + 0);
    }
    if (rounds > 0) {
      seconds += rounds * step(cell, EPOCHS + 0, ROUNDS + MANY, GAME + 0);
    }
    if (game.rounds() > 0 && game.gSteps() > 0) {
      double gStep = step(cell, EPOCHS + 0, ROUNDS + 0, GAME + MANY, G_STEPS + 1, D_STEPS + 0);
      seconds += game.rounds() * game.gSteps() * gStep;
    }
    if (game.rounds() > 0 && game.dSteps() > 0) {
      double dStep = step(cell, EPOCHS + 0, ROUNDS + 0, GAME + MANY, G_STEPS + 0, D_STEPS + 1);
      seconds += game.rounds() * game.dSteps() * dStep;
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
    return 2
        + config.evaluation().temperatures().size()
        + due(config.training().generatorPretraining().epochs(), config.evaluation().everyEpochs())
        + due(config.training().adversarial().rounds(), config.evaluation().everyRounds());
  }

  private static long due(int steps, int every) {
    return IntStream.rangeClosed(1, steps)
        .filter(step -> step % every == 0 || step == steps)
        .count();
  }

  /** What a step of the one part that has steps takes. */
  private double step(Cell cell, String... schedule) {
    List<String> overrides = new ArrayList<>(List.of(schedule));
    overrides.add("evaluation.samples=1");
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
