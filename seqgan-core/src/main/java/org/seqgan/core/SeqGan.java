package org.seqgan.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.MatrixFile;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.experiment.Continuation;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.experiment.RecordedTraining;
import org.seqgan.core.experiment.RunDescriptions;
import org.seqgan.core.matrix.CellListener;
import org.seqgan.core.matrix.CellQueue;
import org.seqgan.core.matrix.CellRun;
import org.seqgan.core.matrix.LocalRunner;
import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.MatrixProgram;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.Plan;
import org.seqgan.core.matrix.Planner;
import org.seqgan.core.matrix.Resources;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.matrix.MatrixPages;
import org.seqgan.core.report.run.RunReport;
import org.seqgan.core.run.CheckpointChoice;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SeqGAN for Java callers: opens trained models, trains, and runs matrices.
 *
 * <pre>{@code
 * SeqGan seqgan = SeqGan.create();
 * try (SequenceModel model = seqgan.open(Path.of("haiku.seqgan"))) {
 *   model.sample(SampleRequest.of(3).startingWith("the birds")).forEach(s -> use(s.text()));
 * }
 * }</pre>
 *
 * <p>What it does is what the commands of the program do, with the same results, files and
 * messages; but nothing is printed, no signal is listened to, logging is left as it is, and nothing
 * ends the process. Whatever a caller can mend is a {@link org.seqgan.api.UserException} of one
 * line. A backend may need options of the virtual machine to be fast; docs/library.md has them.
 *
 * <p>Immutable and safe for several threads; of what trains, one thread should use the machine at a
 * time, since each takes all of it.
 */
public final class SeqGan {
  private static final Logger LOG = LoggerFactory.getLogger(SeqGan.class);

  private final PluginRegistry plugins;

  private SeqGan(PluginRegistry plugins) {
    this.plugins = plugins;
  }

  // ---- plugins ----

  /**
   * With the plugins on the class path: backends, tasks, and whatever else has been added to it.
   *
   * @throws org.seqgan.api.UserException if two of one kind have one name
   */
  public static SeqGan create() {
    return create(SeqGan.class.getClassLoader());
  }

  /**
   * With the plugins that a class loader sees.
   *
   * @throws org.seqgan.api.UserException as above
   */
  public static SeqGan create(ClassLoader loader) {
    return new SeqGan(PluginRegistry.discover(loader));
  }

  /**
   * With the plugins on the class path, and those in the jars of a folder.
   *
   * @throws org.seqgan.api.UserException as above, or if the folder cannot be read
   */
  public static SeqGan withPlugins(Path folder) {
    return new SeqGan(PluginRegistry.discover(SeqGan.class.getClassLoader(), folder));
  }

  /** The plugins that can be chosen. */
  public PluginRegistry plugins() {
    return plugins;
  }

  /** The version of this library; {@code development} where it runs from class files. */
  public static String version() {
    return Optional.ofNullable(SeqGan.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  // ---- models ----

  /**
   * Opens the file of a model, or a run directory with its newest checkpoint.
   *
   * @throws org.seqgan.api.UserException if there is neither, or it cannot be opened here
   */
  public SequenceModel open(Path place) {
    return open(place, new CheckpointChoice.Last());
  }

  /**
   * The same with another checkpoint of a run, such as {@code new CheckpointChoice.Best()}.
   *
   * @throws org.seqgan.api.UserException as above
   */
  public SequenceModel open(Path place, CheckpointChoice choice) {
    return new SequenceModel(OpenModel.open(place, choice, plugins));
  }

  // ---- training ----

  /**
   * Trains a new run, as {@code seqgan train} does.
   *
   * @param source a preset's name, or a configuration file
   * @param overrides {@code group.key=value} each
   * @param run the run directory to make
   * @param listener hears of training, on this thread, after it is written down
   * @param stopRequested asked after every batch; once it is true, training saves where it is and
   *     this returns. {@link #resume} goes on
   * @throws org.seqgan.api.UserException if the configuration is wrong, the directory is in use, or
   *     something that it names cannot be had here
   */
  public TrainingOutcome train(
      String source,
      List<String> overrides,
      Path run,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    ResolvedConfig config = ExperimentConfig.load(plugins, source, overrides);
    RunDirectory.requireVacant(run);
    try (Experiment experiment = Experiment.open(config, plugins)) {
      RunSetup setup = RunDescriptions.setup(config, experiment, plugins, version());
      try (RunDirectory directory = RunDirectory.create(run, setup, InstantSource.system())) {
        RecordedTraining training =
            new RecordedTraining(experiment, directory, Optional.empty(), RunReport::render);
        return outcome(
            run, training, training.run(List.of(), listener, PoliteStop.when(stopRequested)));
      }
    }
  }

  /**
   * Goes on with a run that was stopped, with the configuration that it has. What is set aside of
   * what it has, and what else the command would remark, is logged.
   *
   * @param listener as of {@link #train}
   * @param stopRequested as of {@link #train}
   * @throws org.seqgan.api.UserException if there is no run, or it is not as it was left
   */
  public TrainingOutcome resume(
      Path run, TrainingListener listener, BooleanSupplier stopRequested) {
    try (RunDirectory directory = RunDirectory.openExisting(run, InstantSource.system())) {
      CheckpointStore.Found found = directory.latest();
      Continuation continuation = Continuation.of(directory, found.checkpoint(), plugins);
      ResolvedConfig config =
          ExperimentConfig.load(plugins, directory.layout().config().toString(), List.of());
      try (Experiment experiment = Experiment.open(config, plugins)) {
        directory.goOnWith(
            continuation.setup(
                config,
                Set.of(),
                RunDescriptions.jars(config, experiment.task(), plugins),
                RunDescriptions.of(config, experiment, version()),
                false,
                Set.of()));
        RecordedTraining training =
            new RecordedTraining(experiment, directory, found.checkpoint(), RunReport::render);
        continuation.remarks(training.setAside()).forEach(LOG::warn);
        return outcome(
            run,
            training,
            training.run(found.warnings(), listener, PoliteStop.when(stopRequested)));
      }
    }
  }

  private static TrainingOutcome outcome(
      Path run, RecordedTraining training, RecordedTraining.Result result) {
    return new TrainingOutcome(
        run,
        result.finished(),
        result.saved().map(Position::name),
        training.warnings().stream().map(warning -> warning.message()).toList());
  }

  // ---- matrices ----

  /**
   * Runs a matrix, or goes on with it, cell after cell in this process, and writes its tables and
   * its report.
   *
   * @param file the matrix
   * @param overrides {@code group.key=value} each, for every cell
   * @param directory of the matrix, made where it is missing
   * @param listener hears of the cells, on this thread
   * @param stopRequested asked after every batch; once it is true, the cell under way is saved and
   *     this returns
   * @return what there is by then; cells that failed say why
   * @throws org.seqgan.api.UserException if the matrix is wrong, or the directory is of another
   */
  public MatrixResults runMatrix(
      Path file,
      List<String> overrides,
      Path directory,
      CellListener listener,
      BooleanSupplier stopRequested) {
    Plan plan = new Planner(MatrixFile.read(file, overrides), plugins).plan();
    MatrixProgram program = MatrixProgram.of(version(), plugins);
    try (MatrixDirectory matrix =
        Files.isDirectory(directory)
            ? MatrixDirectory.resume(directory, plan, program)
            : MatrixDirectory.create(directory, plan, program)) {
      Resources whole =
          new Resources(
              Runtime.getRuntime().availableProcessors(),
              new ByteSize(2 * Runtime.getRuntime().maxMemory()),
              OptionalInt.empty());
      CellRun cells = new CellRun(plugins, RunReport::render, version());
      new LocalRunner(cells, whole, LOG::warn)
          .run(new CellQueue(matrix, CellQueue.LEASE, true), listener, stopRequested);
      MatrixResults results = matrix.results();
      MatrixPages.write(matrix, results);
      return results;
    }
  }
}
