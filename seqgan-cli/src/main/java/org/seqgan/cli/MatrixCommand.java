package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.cli.progress.MatrixProgress;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.config.ListenerChoices;
import org.seqgan.core.config.Matrices;
import org.seqgan.core.config.MatrixFile;
import org.seqgan.core.config.Sweep;
import org.seqgan.core.io.Json;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellListener;
import org.seqgan.core.matrix.CellProgress;
import org.seqgan.core.matrix.CellQueue;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.MatrixProgram;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.Plan;
import org.seqgan.core.matrix.Planner;
import org.seqgan.core.matrix.Probe;
import org.seqgan.core.matrix.ProcessRunner;
import org.seqgan.core.matrix.Resources;
import org.seqgan.core.matrix.Runner;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.matrix.MatrixPages;
import org.seqgan.core.report.matrix.MatrixSummary;
import org.seqgan.core.report.matrix.MatrixTable;
import org.seqgan.core.run.PoliteStop;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan matrix}: methods, options and seeds, compared. */
@Command(
    name = "matrix",
    subcommands = MatrixStatusCommand.class,
    description = {
      "Run a matrix of experiments, methods by options by seeds, and compare them.",
      "Without arguments, list the matrices that the program brings with it.",
      "Example: seqgan matrix table1 --size small -j 2",
      "Example: seqgan matrix quickstart -m training.batch-size=32,64 -m seed=1,2,3"
    },
    footer =
        "Exit codes: 0 every cell is done, 6 some cells failed, 130 interrupted, 143 told to stop.")
final class MatrixCommand implements Callable<Integer> {

  /** Longer than the cells take to stop. */
  static final Duration GRACE = Duration.ofMinutes(11);

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private Budget budget;
  @Mixin private LeaseArgument lease;
  @Mixin private SlurmArguments slurm;
  @Mixin private SparkArguments spark;
  @Mixin private ListenArguments listen;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|MATRIX [GROUP.KEY=VALUE...]",
      description =
          "a matrix file or a matrix by name, or with -m a preset or configuration file; then options"
              + " of every cell")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "-m",
      paramLabel = "KEY=VALUE,VALUE...",
      description =
          "a sweep without a file: vary an option of a preset or configuration; several -m multiply,"
              + " -m seed=1,2,3 gives the seeds")
  private List<String> sweep = new ArrayList<>();

  @Option(
      names = "--metric",
      paramLabel = "SCORE",
      split = ",",
      description =
          "with -m: what is compared, several with commas (default: the first of"
              + " evaluation.metrics)")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "small|paper",
      description = "of a matrix by name: minutes on two cores (default), or the paper's")
  private Matrices.@Nullable Size size;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "where everything goes (default: matrices/ and the name of the matrix); with --on"
              + " spark://... also a URI such as hdfs://namenode/matrices/table1")
  private @Nullable String directory;

  @Option(names = "--resume", description = "run what is missing in --out; what is done stays")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "check every cell, print the plan and an estimate of the time, run nothing")
  private boolean dryRun;

  @Option(
      names = "--probe",
      paramLabel = "SECONDS",
      description =
          "with --dry-run: for the estimate, how long each part of training is tried; 0 for none"
              + " (default: ${DEFAULT-VALUE})")
  private double probeSeconds = 2;

  @Option(
      names = "--on",
      paramLabel = "here|workers|slurm|spark://HOST:PORT",
      converter = Place.Converter.class,
      completionCandidates = Place.Candidates.class,
      defaultValue = "here",
      description =
          "where cells run: here and wherever workers are (default), only where 'seqgan worker' is"
              + " started on --out, as an array job of workers that is submitted to Slurm, or as"
              + " tasks of an application on a Spark cluster; with --dry-run the script, or the"
              + " command line, is printed")
  private Place place;

  @ArgGroup private AfterFailure afterFailure = new AfterFailure();

  @Option(
      names = {"-q", "--quiet"},
      description = "print nothing but errors")
  private boolean quiet;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "progress for people (default), or the results as a JSON object at the end")
  private OutputFormat format = OutputFormat.TEXT;

  MatrixCommand() {}

  /** What becomes of the other cells when one fails. */
  private static final class AfterFailure {
    @Option(names = "--keep-going", description = "run the others (default)")
    private boolean keepGoing;

    @Option(names = "--fail-fast", description = "stop the others so that they can be resumed")
    private boolean failFast;
  }

  @Override
  public Integer call() {
    if (words.isEmpty() && sweep.isEmpty()) {
      Table table = new Table("matrix", "what it is");
      Matrices.descriptions().forEach(table::add);
      table.print(spec.commandLine().getOut());
      return 0;
    }
    requireFittingOptions();
    PluginRegistry registry = main.registry();
    Resources share = budget.share();
    Duration length = lease.length();
    ListenerChoices.parse(registry, listen.words()); // a cell would only say it after its start
    Optional<Sweep> asked = sweep(registry);
    Plan plan = new Planner(asked.map(Sweep::file).orElseGet(this::file), registry).plan();
    if (place.kind() == Place.Kind.SPARK) {
      return runOnSpark(plan, share);
    }
    Path root = Path.of(directory != null ? directory : "matrices/" + plan.name());
    if (dryRun && place.kind() == Place.Kind.SLURM) {
      spec.commandLine().getOut().print(slurmScript(plan, root, plan.cells().size(), share));
      return 0;
    }
    if (dryRun) {
      return tellPlan(plan, registry, share);
    }
    MatrixProgram program = MatrixProgram.of(Version.number(), registry);
    try (MatrixDirectory matrix =
        resume
            ? MatrixDirectory.resume(root, plan, program)
            : MatrixDirectory.create(root, plan, program)) {
      asked.ifPresent(sweep -> matrix.keep(sweep.text()));
      if (resume && place.kind() != Place.Kind.HERE) {
        // Who runs the rest may come late, or never; what there is may be compared in another way.
        MatrixPages.write(matrix, matrix.results());
      }
      return switch (place.kind()) {
        case WORKERS -> leaveToWorkers(matrix);
        case SLURM -> submit(matrix, share);
        default -> run(matrix, share, length);
      };
    }
  }

  private void requireFittingOptions() {
    Place.Kind kind = place.kind();
    if (kind == Place.Kind.SLURM || kind == Place.Kind.SPARK) {
      budget.requireChosen(place.toString());
    }
    place.require(Place.Kind.SLURM, slurm.isGiven(), SlurmArguments.OPTIONS);
    place.require(Place.Kind.SPARK, spark.isGiven(), List.of("--spark-jar", "--spark-conf"));
    place.require(Place.Kind.HERE, afterFailure.failFast, List.of("--fail-fast"));
    place.require(Place.Kind.HERE, format == OutputFormat.JSON && !dryRun, List.of("--format"));
    if (!dryRun && spec.commandLine().getParseResult().hasMatchedOption("--probe")) {
      throw Misuse.of("--probe: only for --dry-run, whose estimate it makes");
    }
    if (kind == Place.Kind.SPARK) {
      if (lease.isGiven()) {
        throw Misuse.of("--lease: not for --on spark://..., where Spark itself tells who is dead");
      }
      if (quiet) {
        throw Misuse.of(
            "--quiet: not for --on spark://..., where spark-submit writes what it likes");
      }
      if (!budget.devices().isEmpty()) {
        throw Misuse.of("--devices: not for --on spark://..., where executors have them");
      }
      if (directory == null) {
        throw Misuse.of(
            "--on spark://...: expected --out, a folder that all machines see, or a URI that Hadoop knows");
      }
    }
  }

  private Optional<Sweep> sweep(PluginRegistry registry) {
    if (sweep.isEmpty()) {
      if (!metrics.isEmpty()) {
        throw Misuse.of("--metric is for -m; a matrix file says itself what is compared");
      }
      return Optional.empty();
    }
    if (words.isEmpty()) {
      throw Misuse.of(
          "expected a preset or a configuration file beside -m; 'seqgan config' lists the presets");
    }
    if (size != null) {
      throw Misuse.of("--size is for the matrices that the program brings with it, not for -m");
    }
    return Optional.of(
        Sweep.of(registry, words.get(0), words.subList(1, words.size()), sweep, metrics));
  }

  private MatrixFile file() {
    String source = words.get(0);
    List<String> overrides = words.subList(1, words.size());
    if (Matrices.descriptions().containsKey(source) || !Files.exists(Path.of(source))) {
      return MatrixFile.ready(source, size == null ? Matrices.Size.SMALL : size, overrides);
    }
    if (size != null) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "--size is for the matrices that the program brings with it, %s is a file"
              .formatted(source));
    }
    return MatrixFile.read(Path.of(source), overrides);
  }

  // ---- the plan ----

  private int tellPlan(Plan plan, PluginRegistry registry, Resources share) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Double> seconds =
        probeSeconds > 0
            ? new Probe(registry, share, Duration.ofMillis(Math.round(1000 * probeSeconds)))
                .seconds(plan.cells())
            : Map.of();
    if (format == OutputFormat.JSON) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("plan", plan);
      object.put("estimated-seconds", seconds);
      out.println(Json.line(object));
      return 0;
    }
    out.println("Matrix %s, %d cells, each from".formatted(plan.name(), plan.cells().size()));
    plan.cells().get(0).source().lines().forEach(line -> out.println("  " + line));
    for (Cell cell : plan.cells()) {
      out.println(
          "#%d: %s (%s)".formatted(cell.number(), String.join(" ", cell.overrides()), cell.id()));
    }
    if (!seconds.isEmpty()) {
      out.println(estimate(plan, seconds, share));
    }
    return 0;
  }

  private String estimate(Plan plan, Map<String, Double> seconds, Resources share) {
    double sum = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    double longest = seconds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return ("Estimate: about %s with -j %d, %s one after another. Each part of the training of one"
            + " cell of each kind was tried for %s s on %d threads in this process, and multiplied"
            + " by its steps; a cell of %s takes longest, %s.")
        .formatted(
            clock(Math.max(longest, sum / budget.parallel())),
            budget.parallel(),
            clock(sum),
            String.format(Locale.ROOT, "%.3g", probeSeconds),
            share.threads(),
            plan.cells().stream()
                .filter(cell -> seconds.get(cell.id()) == longest)
                .map(Cell::method)
                .findFirst()
                .orElseThrow(),
            clock(longest));
  }

  private static String clock(double seconds) {
    return ProgressBar.clock(Duration.ofSeconds(Math.round(seconds)));
  }

  // ---- the run ----

  private int submit(MatrixDirectory matrix, Resources share) {
    long cells =
        matrix.standing().stream().filter(one -> one.summary().state() != CellState.DONE).count();
    PrintWriter out = spec.commandLine().getOut();
    if (cells == 0) {
      out.println("Every cell is done: " + matrix.root());
      return 0;
    }
    String script = slurmScript(matrix.plan(), matrix.root(), (int) cells, share);
    String job = SlurmArguments.submit(matrix.root(), script);
    if (!quiet) {
      out.println("Submitted job " + job + "; seqgan matrix status " + matrix.root());
    }
    return 0;
  }

  /** What is told of a matrix is told again to the application, which plans it once more. */
  private int runOnSpark(Plan plan, Resources share) {
    String out = Objects.requireNonNull(directory);
    List<String> told = new ArrayList<>();
    if (resume) {
      told.add("--resume");
    }
    main.pluginFolder()
        .ifPresent(
            plugins -> told.addAll(List.of("--plugins", plugins.toAbsolutePath().toString())));
    listen.words().forEach(word -> told.addAll(List.of("--listen", word)));
    told.addAll(words);
    sweep.forEach(each -> told.addAll(List.of("-m", each)));
    metrics.forEach(each -> told.addAll(List.of("--metric", each)));
    if (size != null) {
      told.addAll(List.of("--size", size.name().toLowerCase(Locale.ROOT)));
    }
    List<String> command =
        spark.command(
            plan.name(),
            place.toString(),
            out.contains(":") ? out : Path.of(out).toAbsolutePath().normalize().toUri().toString(),
            budget.parallel(),
            share,
            told);
    if (dryRun) {
      spec.commandLine().getOut().println(ShellCommand.of(command));
      return 0;
    }
    return SparkArguments.run(command);
  }

  private String slurmScript(Plan plan, Path root, int cells, Resources share) {
    List<String> command = ChildJvm.program(List.of());
    command.addAll(worker(root));
    return slurm.script(plan.name(), root, cells, budget.parallel(), share, command);
  }

  /** The words that start a worker, with what was given here and is for workers. */
  private List<String> worker(Path root) {
    List<String> words =
        new ArrayList<>(List.of("worker", root.toAbsolutePath().normalize().toString()));
    words.addAll(budget.words());
    words.addAll(lease.words());
    main.pluginFolder()
        .ifPresent(
            plugins -> words.addAll(List.of("--plugins", plugins.toAbsolutePath().toString())));
    listen.words().forEach(word -> words.addAll(List.of("--listen", word)));
    return words;
  }

  private int leaveToWorkers(MatrixDirectory matrix) {
    if (!quiet) {
      spec.commandLine()
          .getOut()
          .println("Ready for workers: seqgan " + ShellCommand.of(worker(matrix.root())));
    }
    return 0;
  }

  private int run(MatrixDirectory matrix, Resources share, Duration length) {
    main.printsProgress(spec.commandLine().getErr());
    AtomicBoolean failed = new AtomicBoolean();
    ChildJvm child = new ChildJvm(share, budget.devices(), main.pluginFolder(), listen.words());
    Runner runner = new ProcessRunner(child, budget.parallel(), false);
    CellQueue queue = new CellQueue(matrix, length, true);
    MatrixProgress progress = progress(main, matrix, mode(), budget);
    try (PoliteStop stop = PoliteStop.install(() -> {}, GRACE)) {
      runner.run(
          queue,
          hearing(failed, progress),
          () -> stop.getAsBoolean() || (afterFailure.failFast && failed.get()));
      progress.close();
      tell(matrix);
      if (stop.getAsBoolean() && !queue.isOver()) {
        spec.commandLine()
            .getErr()
            .println("seqgan: interrupted; run the same command with --resume to go on");
        return ExitCode.of(stop.signal()).code();
      }
    }
    return failed.get() ? ExitCode.CELLS_FAILED.code() : 0;
  }

  private ProgressBar.Mode mode() {
    return quiet || format == OutputFormat.JSON ? ProgressBar.Mode.QUIET : Terminal.progressMode();
  }

  static MatrixProgress progress(
      Main main, MatrixDirectory matrix, ProgressBar.Mode mode, Budget budget) {
    Plan plan = matrix.plan();
    return new MatrixProgress(
        main.screen(),
        mode,
        plan.metric(),
        plan.cells().stream().map(matrix::summary).toList(),
        budget.parallel(),
        Terminal.columns(),
        Terminal.rows(),
        System::nanoTime);
  }

  static CellListener hearing(AtomicBoolean failed, CellListener listener) {
    return new CellListener() {
      @Override
      public void started(Cell cell) {
        listener.started(cell);
      }

      @Override
      public void startedBy(Cell cell, String holder) {
        listener.startedBy(cell, holder);
      }

      @Override
      public void left(Cell cell) {
        listener.left(cell);
      }

      @Override
      public void progressed(Cell cell, CellProgress progress) {
        listener.progressed(cell, progress);
      }

      @Override
      public void ended(CellSummary summary) {
        if (summary.state() == CellState.FAILED) {
          failed.set(true);
        }
        listener.ended(summary);
      }
    };
  }

  /** Everything that is made of the results: the only place that knows them all. */
  private void tell(MatrixDirectory matrix) {
    MatrixResults results = matrix.results();
    MatrixPages.write(matrix, results);
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.JSON) {
      out.println(Json.line(object(results)));
      return;
    }
    results.cells().stream()
        .map(CellHistory::summary)
        .filter(summary -> summary.state() == CellState.FAILED)
        .forEach(summary -> spec.commandLine().getErr().println("seqgan: " + summary.failure()));
    if (!quiet) {
      out.print(MatrixTable.text(results));
      out.println("Results: " + matrix.csv());
      out.println("Report: " + matrix.report());
    }
  }

  private static Map<String, Object> object(MatrixResults results) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", results.name());
    object.put("baseline", results.baseline());
    object.put("metric", results.metric());
    object.put("lower-is-better", results.lowerIsBetter());
    object.put("further-metrics", results.further());
    List<Map<String, Object>> cells = new ArrayList<>();
    for (CellHistory history : results.cells()) {
      cells.add(object(history.summary()));
    }
    object.put("cells", cells);
    object.put("summary", MatrixSummary.of(results));
    object.put("anchors", results.anchors());
    object.put("real", results.real());
    object.put("published", results.published());
    object.put("notes", results.notes());
    return object;
  }

  private static Map<String, Object> object(CellSummary summary) {
    Map<String, Object> object = new LinkedHashMap<>();
    Cell cell = summary.cell();
    object.put("number", cell.number());
    object.put("id", cell.id());
    object.put("method", cell.method());
    object.put("axes", cell.axes());
    object.put("seed", cell.seed());
    object.put("state", summary.state().label());
    object.put("failure", summary.failure());
    object.put("seconds", summary.seconds());
    object.put("metrics", summary.metrics());
    FinalScores scores = summary.finalScores();
    object.put("real", scores.comparableReal());
    object.put("temperatures", scores.temperatures());
    Map<String, Object> identities = new LinkedHashMap<>();
    scores.scores().forEach(score -> identities.put(score.name(), score.identity()));
    object.put("identities", identities);
    return object;
  }
}
