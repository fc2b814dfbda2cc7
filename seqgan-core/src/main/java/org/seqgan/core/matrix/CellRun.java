package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.seqgan.api.UserException;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.experiment.RecordedTraining;
import org.seqgan.core.experiment.RunDescriptions;
import org.seqgan.core.matrix.FinalScores.AtTemperature;
import org.seqgan.core.matrix.FinalScores.RealScore;
import org.seqgan.core.metric.TemperatureSweep;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.training.Evaluator;

/**
 * Runs a cell in this process: trains as {@code seqgan train} does, from the beginning or from
 * where an earlier process left off, and sums up. One cell at a time.
 */
public final class CellRun {
  /** How long a process that was told to go may take to let go of its run. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final String PURPOSE = "matrix summary";

  private final PluginRegistry registry;
  private final Function<RunContents, String> report;
  private final String version;

  /**
   * What runs cells.
   *
   * @param report writes the report of a run, as an HTML page
   * @param version of this program
   */
  public CellRun(PluginRegistry registry, Function<RunContents, String> report, String version) {
    this.registry = registry;
    this.report = report;
    this.version = version;
  }

  /**
   * Runs the cell that a folder describes, and writes its summary there.
   *
   * @param progress hears of training
   * @return the summary; empty where the process was told to go before the end
   * @throws UserException if the cell cannot be run; no summary is written then
   */
  public Optional<CellSummary> run(
      CellFolder folder, Resources resources, TrainingListener progress) {
    Cell cell = folder.cell();
    ResolvedConfig config = config(cell, resources);
    waitForEarlierProcess(folder.run());
    try (WorkClock clock = new WorkClock(folder);
        Experiment experiment = Experiment.open(config, registry)) {
      if (!train(experiment, config, folder.run(), counting(clock, progress))) {
        return Optional.empty();
      }
      RandomStream stream = RandomStream.of(cell.seed()).split(PURPOSE);
      List<PerSequence> perSequence = perSequence(experiment, stream.split("samples"));
      FinalScores scores = finalScores(experiment, config, stream);
      folder.writeAnchors(Anchors.of(experiment.task(), RandomStream.of(0).split("anchors")));
      Map<String, Double> metrics = lastEvaluation(folder.run());
      CellSummary summary =
          new CellSummary(cell, CellState.DONE, "", clock.seconds(), metrics, perSequence, scores);
      folder.write(summary);
      return Optional.of(summary);
    }
  }

  private static TrainingListener counting(WorkClock clock, TrainingListener progress) {
    return event -> {
      clock.tick();
      progress.on(event);
    };
  }

  private ResolvedConfig config(Cell cell, Resources resources) {
    ResolvedConfig config = ExperimentConfig.loadText(registry, cell.source(), cell.overrides());
    List<String> overrides = new ArrayList<>(cell.overrides());
    overrides.addAll(resources.overrides(config));
    return ExperimentConfig.loadText(registry, cell.source(), overrides);
  }

  private boolean train(
      Experiment experiment, ResolvedConfig config, RunLayout layout, TrainingListener progress) {
    RunDescription description = RunDescriptions.of(config, experiment, version);
    try (RunDirectory run = directory(layout, config, description)) {
      RecordedTraining training = new RecordedTraining(experiment, run, report);
      CheckpointStore.Latest latest = training.latest();
      Optional<Checkpoint> checkpoint = latest.checkpoint();
      return training.run(checkpoint, progress);
    }
  }

  private static RunDirectory directory(
      RunLayout layout, ResolvedConfig config, RunDescription description) {
    if (Files.exists(layout.config())) {
      return RunDirectory.openExisting(layout.root(), description, InstantSource.system());
    }
    try {
      // A process that was killed while it made the directory has trained nothing yet.
      if (Files.exists(layout.root())) {
        DurableFiles.delete(layout.root());
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.root(), e);
    }
    return RunDirectory.create(layout.root(), config.render(), description, InstantSource.system());
  }

  private static void waitForEarlierProcess(RunLayout layout) {
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (layout.inUse() && Instant.now().isBefore(end)) {
        Thread.sleep(200);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those metrics that have a value for each of the samples of the finished generator. */
  private static List<PerSequence> perSequence(Experiment experiment, RandomStream stream) {
    return experiment.evaluate(stream).scores().stream()
        .flatMap(
            score ->
                score.perSequence().map(values -> new PerSequence(score.name(), values)).stream())
        .toList();
  }

  private static FinalScores finalScores(
      Experiment experiment, ResolvedConfig config, RandomStream stream) {
    Evaluator evaluator = experiment.evaluator();
    Generator generator = experiment.generator();
    Task task = experiment.task();
    // Not of the cell's seed: what real data score is the same for all cells of a task.
    RandomStream common = RandomStream.of(0).split("real");
    return new FinalScores(
        evaluator.describe(task),
        evaluator.evaluateReal(generator, task, common).stream()
            .map(score -> new RealScore(score.description().identity(), score.value()))
            .toList(),
        evaluator.sweep(generator, task, config.evaluation().temperatures(), stream).stream()
            .map(CellRun::atTemperature)
            .toList());
  }

  private static AtTemperature atTemperature(TemperatureSweep.Point point) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    point.scores().forEach(score -> metrics.put(score.name(), score.value()));
    return new AtTemperature(point.temperature(), metrics);
  }

  /** The last evaluation. The first figures of a run, before any training, are of one too. */
  private static Map<String, Double> lastEvaluation(RunLayout run) {
    List<MetricsHistory.Row> rows = MetricsHistory.read(run.metrics()).rows();
    Set<String> names = rows.isEmpty() ? Set.of() : rows.get(0).values().keySet();
    Map<String, Double> last = new LinkedHashMap<>();
    for (MetricsHistory.Row row : rows) {
      last.putAll(row.values());
    }
    last.keySet().retainAll(names);
    return last;
  }
}
