package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.seqgan.api.UserException;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.experiment.Continuation;
import org.seqgan.core.experiment.Donor;
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
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunSetup;
import org.seqgan.core.run.SetAside;
import org.seqgan.core.run.StopSignal;
import org.seqgan.core.training.Evaluator;
import org.seqgan.core.training.TrainingPlan;

/**
 * Runs a cell in this process: trains as {@code seqgan train} does, from the beginning or from
 * where an earlier attempt left off, and sums up. One cell at a time.
 */
public final class CellRun {
  private static final String PURPOSE = "matrix summary";

  private final PluginRegistry registry;
  private final Function<RunContents, String> report;
  private final String version;
  private final List<PluginChoice<RunListenerProvider<?>>> listeners;

  /**
   * What runs cells.
   *
   * @param report writes the report of a run, as an HTML page
   * @param version of this program
   */
  public CellRun(PluginRegistry registry, Function<RunContents, String> report, String version) {
    this(registry, report, version, List.of());
  }

  /**
   * The same, with listeners to every cell.
   *
   * @param listeners with their options
   */
  public CellRun(
      PluginRegistry registry,
      Function<RunContents, String> report,
      String version,
      List<PluginChoice<RunListenerProvider<?>>> listeners) {
    this.listeners = List.copyOf(listeners);
    this.registry = registry;
    this.report = report;
    this.version = version;
  }

  /**
   * How a cell ended.
   *
   * @param summary what it came to; empty where the process was told to go before the end
   * @param signal what told it to go, where it was a signal
   */
  public record Result(Optional<CellSummary> summary, Optional<StopSignal> signal) {}

  /**
   * Runs the cell that a folder describes, and writes its summary there.
   *
   * @param progress hears of training
   * @param remarks hears what a careful reader should know about where an earlier process left off
   * @throws UserException if the cell cannot be run; no summary is written then
   */
  public Result run(
      CellFolder folder, Resources resources, TrainingListener progress, Consumer<String> remarks) {
    return run(
        folder,
        resources,
        progress,
        remarks,
        () -> PoliteStop.install(() -> {}, RecordedTraining.GRACE));
  }

  /**
   * The same in a process that has more to do: its signals are left alone.
   *
   * @param stopRequested asked after every batch
   * @throws UserException as above
   */
  Result runUntil(
      CellFolder folder,
      Resources resources,
      TrainingListener progress,
      Consumer<String> remarks,
      BooleanSupplier stopRequested) {
    return run(folder, resources, progress, remarks, () -> PoliteStop.when(stopRequested));
  }

  private Result run(
      CellFolder folder,
      Resources resources,
      TrainingListener progress,
      Consumer<String> remarks,
      Supplier<PoliteStop> stops) {
    Cell cell = folder.cell();
    ResolvedConfig config = config(cell, resources);
    EarlierAttempts.of(folder).takeOverRun();
    try (WorkClock clock = new WorkClock(folder);
        Experiment experiment = Experiment.open(config, registry)) {
      RecordedTraining.Result trained =
          train(cell.id(), experiment, config, folder, clock, progress, remarks, stops);
      if (!trained.finished()) {
        return new Result(Optional.empty(), trained.signal());
      }
      RandomStream stream = RandomStream.of(cell.seed()).split(PURPOSE);
      List<PerSequence> perSequence = perSequence(experiment, stream.split("samples"));
      FinalScores scores = finalScores(experiment, config, stream);
      folder.writeAnchors(Anchors.of(experiment.task(), RandomStream.of(0).split("anchors")));
      Map<String, Double> metrics = lastEvaluation(folder.run());
      CellSummary summary =
          new CellSummary(
              cell,
              CellState.DONE,
              "",
              clock.seconds() + clock.takenOver(),
              clock.takenOver(),
              metrics,
              perSequence,
              scores);
      folder.write(summary);
      return new Result(Optional.of(summary), Optional.empty());
    }
  }

  private static TrainingListener counting(
      WorkClock clock, TrainingPlan plan, TrainingListener progress) {
    return event -> {
      if (event instanceof TrainingEvent.StepFinished end
          && end.step() == plan.of(end.phase()).steps()) {
        clock.phaseEnded(new Position(end.phase(), end.step()));
      }
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

  private RecordedTraining.Result train(
      String id,
      Experiment experiment,
      ResolvedConfig config,
      CellFolder folder,
      WorkClock clock,
      TrainingListener listener,
      Consumer<String> remarks,
      Supplier<PoliteStop> stops) {
    RunLayout layout = folder.run();
    TrainingListener progress = counting(clock, config.plan(), listener);
    if (!Files.exists(layout.config()) || SharedPretraining.endedBeforeItBegan(layout)) {
      clear(layout);
      RunSetup plain = RunDescriptions.setup(config, experiment, registry, version);
      Optional<SharedPretraining.Share> share =
          SharedPretraining.find(folder, config, plain, remarks);
      Optional<Donor> donor = share.map(SharedPretraining.Share::donor);
      donor.ifPresent(other -> other.giveWeights(experiment));
      RunSetup setup = donor.map(other -> other.setup(plain)).orElse(plain);
      try (PoliteStop stop = stops.get();
          RunDirectory run = RunDirectory.create(layout.root(), setup, InstantSource.system())) {
        donor.map(Donor::described).ifPresent(remarks);
        clock.begin(share.map(SharedPretraining.Share::seconds).orElse(0.0));
        Optional<Checkpoint> first = donor.flatMap(other -> other.give(run));
        RecordedTraining training = new RecordedTraining(experiment, run, first, report);
        training.tell(id, listeners, remarks);
        return training.run(List.of(), progress, stop);
      }
    }
    try (PoliteStop stop = stops.get();
        RunDirectory run = RunDirectory.openExisting(layout.root(), InstantSource.system())) {
      CheckpointStore.Found found = run.latest();
      Continuation continuation = Continuation.of(run, found.checkpoint(), registry);
      run.goOnWith(
          continuation.setup(
              config,
              Set.of(),
              RunDescriptions.jars(config, experiment.task(), registry),
              RunDescriptions.of(config, experiment, version),
              false,
              Resources.KEYS));
      found.warnings().forEach(remarks);
      RecordedTraining training = new RecordedTraining(experiment, run, found.checkpoint(), report);
      training.tell(id, listeners, remarks);
      SetAside aside = training.setAside();
      if (!aside.isEmpty()) {
        remarks.accept("set aside: " + aside);
      }
      return training.run(found.warnings(), progress, stop);
    }
  }

  /**
   * A process that was killed while it made the directory, or before it had saved what it began
   * with, has trained nothing yet.
   */
  private static void clear(RunLayout layout) {
    try {
      if (Files.exists(layout.root())) {
        if (!Files.exists(layout.config())) {
          layout.requireUnused();
        }
        DurableFiles.delete(layout.root());
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.root(), e);
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
        evaluator.evaluateReal(generator, task, common).stream().map(RealScore::of).toList(),
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
