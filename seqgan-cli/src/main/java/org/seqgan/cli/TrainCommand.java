package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.cli.progress.JsonLines;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ListenerChoices;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.experiment.Continuation;
import org.seqgan.core.experiment.Donor;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.experiment.RecordedTraining;
import org.seqgan.core.experiment.RunDescriptions;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.run.RunReport;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunSetup;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.training.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan train}: runs Algorithm 1. */
@Command(
    name = "train",
    description = {
      "Train a generator adversarially (Algorithm 1 of the SeqGAN paper).",
      "Example: seqgan train quickstart seed=2 training.adversarial.rounds=50",
      "A run that has ended goes on: seqgan train --resume --run DIR training.adversarial.rounds=80"
    })
final class TrainCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationArguments configuration;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "the run directory (default: runs/ and the preset's or file's name)")
  private @Nullable Path runDirectory;

  @Option(names = "--resume", description = "go on with the run in --run where it stopped")
  private boolean resume;

  @Option(
      names = "--with-changes",
      description =
          "with --resume: go on though options or plugin jars are others now, and write down which"
              + " and since when")
  private boolean withChanges;

  @Option(
      names = "--from",
      paramLabel = "RUN",
      description =
          "begin with a checkpoint of that run (--step, --best or --last chooses it); at the end of"
              + " a phase go on from there, else take its weights and run every phase")
  private @Nullable Path donor;

  @Mixin private CheckpointArguments donorCheckpoint;

  @Option(
      names = "--weights-only",
      description = "with --from: take nothing but the weights, and run every phase")
  private boolean weightsOnly;

  @Option(names = "--overwrite", description = "delete an existing run and start again")
  private boolean overwrite;

  @Option(names = "-m", hidden = true, paramLabel = "KEY=VALUE,VALUE...")
  private List<String> sweep = List.of();

  @Mixin private ListenArguments listen;

  @Option(
      names = {"-q", "--quiet"},
      description = "print nothing but errors")
  private boolean quiet;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "progress for people (default), or one JSON object per event")
  private OutputFormat format = OutputFormat.TEXT;

  TrainCommand() {}

  @Override
  public Integer call() {
    if (!sweep.isEmpty()) {
      throw Misuse.of(
          "a run has one value of each option; several make a matrix: seqgan matrix %s -m %s"
              .formatted(
                  configuration.isEmpty() ? "PRESET" : configuration.source(),
                  String.join(" -m ", sweep)));
    }
    if (resume && overwrite) {
      throw Misuse.of("--resume and --overwrite exclude each other");
    }
    if (resume && donor != null) {
      throw Misuse.of("--resume and --from exclude each other: a run goes on from where it is");
    }
    if (withChanges && !resume) {
      throw Misuse.of("--with-changes is for --resume");
    }
    if (donor == null && (donorCheckpoint.isGiven() || weightsOnly)) {
      throw Misuse.of("--step, --best, --last and --weights-only are for --from");
    }
    main.printsProgress(spec.commandLine().getErr());
    PluginRegistry registry = main.registry();
    List<PluginChoice<RunListenerProvider<?>>> listeners =
        ListenerChoices.parse(registry, listen.words());
    return resume ? resume(registry, listeners) : start(registry, listeners);
  }

  private int start(PluginRegistry registry, List<PluginChoice<RunListenerProvider<?>>> listeners) {
    if (configuration.isEmpty()) {
      throw Misuse.of(
          "expected a preset or a configuration file; 'seqgan config' lists the presets");
    }
    ResolvedConfig config = configuration.load(registry);
    Path root =
        runDirectory != null ? runDirectory : Path.of("runs", defaultName(configuration.source()));
    if (!overwrite) {
      RunDirectory.requireVacant(root);
    }
    Optional<Donor> from = Optional.ofNullable(donor).map(path -> donor(path, root, config));
    try (Experiment experiment = Experiment.open(config, registry)) {
      from.ifPresent(run -> run.giveWeights(experiment));
      RunSetup plain = RunDescriptions.setup(config, experiment, registry, Version.number());
      RunSetup setup = from.map(run -> run.setup(plain)).orElse(plain);
      try (PoliteStop stop = politeStop();
          RunDirectory run =
              overwrite
                  ? RunDirectory.overwrite(root, setup, InstantSource.system())
                  : RunDirectory.create(root, setup, InstantSource.system())) {
        Optional<Checkpoint> first = from.flatMap(other -> other.give(run));
        RecordedTraining training = new RecordedTraining(experiment, run, first, RunReport::render);
        training.tell(run.layout().name(), listeners, this::warn);
        introduce(experiment);
        from.ifPresent(other -> tell(other.described()));
        return train(training, run, from.map(Donor::warnings).orElse(List.of()), config, stop);
      }
    }
  }

  private Donor donor(Path path, Path root, ResolvedConfig config) {
    if (path.toAbsolutePath().normalize().equals(root.toAbsolutePath().normalize())) {
      throw Misuse.of(
          "--from takes another run than the new one, found %s for both".formatted(path));
    }
    RunLayout layout = RunLayout.existing(path);
    return Donor.open(layout, donorCheckpoint.choice(), config, weightsOnly);
  }

  private int resume(
      PluginRegistry registry, List<PluginChoice<RunListenerProvider<?>>> listeners) {
    List<String> overrides = configuration.overrides();
    if (runDirectory == null) {
      throw Misuse.of("--resume needs the run directory: --run DIR");
    }
    try (RunDirectory run = RunDirectory.openExisting(runDirectory, InstantSource.system())) {
      CheckpointStore.Found found = run.latest();
      Continuation continuation = Continuation.of(run, found.checkpoint(), registry);
      ResolvedConfig config =
          ExperimentConfig.load(registry, run.layout().config().toString(), overrides);
      try (Experiment experiment = Experiment.open(config, registry)) {
        run.goOnWith(
            continuation.setup(
                config,
                keys(overrides),
                RunDescriptions.jars(config, experiment.task(), registry),
                RunDescriptions.of(config, experiment, Version.number()),
                withChanges,
                Set.of()));
        RecordedTraining training =
            new RecordedTraining(experiment, run, found.checkpoint(), RunReport::render);
        training.tell(run.layout().name(), listeners, this::warn);
        continuation.remarks(training.setAside()).forEach(this::warn);
        if (continuation.isOver(config)) {
          warn(
              "this run has finished; to go on with it ask for more steps, such as %s"
                  .formatted(moreSteps(config.plan())));
        }
        introduce(experiment);
        try (PoliteStop stop = politeStop()) {
          return train(training, run, found.warnings(), config, stop);
        }
      }
    }
  }

  private static String moreSteps(TrainingPlan plan) {
    int steps = plan.of(plan.last()).steps();
    return plan.stepsKey(plan.last()) + "=" + 2 * Math.max(1, steps);
  }

  private static Set<String> keys(List<String> overrides) {
    return overrides.stream()
        .map(override -> override.substring(0, override.indexOf('=')).strip())
        .collect(Collectors.toSet());
  }

  private void warn(String message) {
    spec.commandLine().getErr().println("seqgan: " + message);
  }

  private void tell(String line) {
    if (!quiet && format == OutputFormat.TEXT) {
      spec.commandLine().getOut().println(line);
    }
  }

  /** Says what is trained on: a person who meant other data stops at once. */
  private void introduce(Experiment experiment) {
    experiment.task().data().provenance().forEach(this::tell);
  }

  private PoliteStop politeStop() {
    return PoliteStop.install(this::announceStop, RecordedTraining.GRACE);
  }

  private int train(
      RecordedTraining training,
      RunDirectory run,
      List<String> warnings,
      ResolvedConfig config,
      PoliteStop stop) {
    PrintWriter out = spec.commandLine().getOut();
    warnings.forEach(this::warn);
    RecordedTraining.Result result;
    try {
      result = training.run(warnings, progress(warnings), stop);
    } finally {
      summarise(training.warnings(), out);
    }
    if (!result.finished()) {
      if (!quiet) {
        warn(
            "%s; go on with: seqgan train --resume --run %s"
                .formatted(
                    result.saved().map(at -> "saved at " + of(at, config)).orElse("stopped"),
                    run.layout().root()));
      }
      return ExitCode.of(result.signal()).code();
    }
    tell("Report: " + run.layout().report());
    tell("Sample: seqgan sample " + run.layout().root() + " -n 20");
    return 0;
  }

  private void announceStop() {
    if (!quiet) {
      warn("stopping at the end of the batch; a second signal stops at once");
    }
  }

  /** A position as a part of the whole: {@code adversarial 12/80, batch 40}. */
  private static String of(Position at, ResolvedConfig config) {
    String batch = at.batch() == 0 ? "" : ", batch " + at.batch();
    int steps = config.plan().steps().getOrDefault(at.phase(), 0);
    return "%s %d/%d%s".formatted(at.phase().label(), at.step(), steps, batch);
  }

  /** Repeats the warnings of the whole run, however it ended. */
  private void summarise(List<RunStatus.Warning> warnings, PrintWriter out) {
    if (quiet || format != OutputFormat.TEXT || warnings.isEmpty()) {
      return;
    }
    out.println("Warnings of this run, which docs/training-health.md explains:");
    for (RunStatus.Warning warning : warnings) {
      out.println("  %s (%s): %s".formatted(warning.label(), warning.when(), warning.message()));
    }
  }

  private TrainingListener progress(List<String> warnings) {
    if (!quiet && format == OutputFormat.JSON) {
      return new JsonLines(spec.commandLine().getOut(), InstantSource.system(), warnings);
    }
    ProgressBar.Mode mode = quiet ? ProgressBar.Mode.QUIET : Terminal.progressMode();
    return new ProgressBar(main.screen(), mode, Terminal.columns(), System::nanoTime);
  }

  /** The name of a preset, or of a file without its ending. */
  private static String defaultName(String source) {
    return Path.of(source).getFileName().toString().replaceFirst("\\.conf$", "");
  }
}
