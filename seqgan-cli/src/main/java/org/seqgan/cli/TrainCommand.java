package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.cli.progress.JsonLines;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.experiment.RecordedTraining;
import org.seqgan.core.experiment.RunDescriptions;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.RunReport;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;
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
      "Example: seqgan train quickstart seed=2 training.adversarial.rounds=50"
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

  @Option(names = "--overwrite", description = "delete an existing run and start again")
  private boolean overwrite;

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
    if (resume && overwrite) {
      throw Misuse.of("--resume and --overwrite exclude each other");
    }
    main.printsProgress(spec.commandLine().getErr());
    PluginRegistry registry = main.registry();
    return resume ? resume(registry) : start(registry);
  }

  private int start(PluginRegistry registry) {
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
    try (Experiment experiment = Experiment.open(config, registry)) {
      RunDescription description = RunDescriptions.of(config, experiment, Version.number());
      try (RunDirectory run =
          overwrite
              ? RunDirectory.overwrite(root, config.render(), description, InstantSource.system())
              : RunDirectory.create(root, config.render(), description, InstantSource.system())) {
        RecordedTraining training = new RecordedTraining(experiment, run, RunReport::render);
        introduce(experiment);
        return train(training, run.layout(), Optional.empty());
      }
    }
  }

  private int resume(PluginRegistry registry) {
    if (!configuration.isEmpty()) {
      throw Misuse.of("a run is resumed with its own configuration: name it by --run alone");
    }
    if (runDirectory == null) {
      throw Misuse.of("--resume needs the run directory: --run DIR");
    }
    RunLayout layout = RunLayout.existing(runDirectory);
    ResolvedConfig config = ExperimentConfig.load(registry, layout.config().toString(), List.of());
    try (Experiment experiment = Experiment.open(config, registry)) {
      RunDescription description = RunDescriptions.of(config, experiment, Version.number());
      try (RunDirectory run =
          RunDirectory.openExisting(runDirectory, description, InstantSource.system())) {
        RecordedTraining training = new RecordedTraining(experiment, run, RunReport::render);
        CheckpointStore.Latest latest = training.latest();
        latest
            .warnings()
            .forEach(warning -> spec.commandLine().getErr().println("seqgan: " + warning));
        introduce(experiment);
        return train(training, run.layout(), latest.checkpoint());
      }
    }
  }

  /** Says what is trained on: a person who meant other data stops at once. */
  private void introduce(Experiment experiment) {
    if (!quiet && format == OutputFormat.TEXT) {
      experiment.task().provenance().forEach(spec.commandLine().getOut()::println);
    }
  }

  private int train(RecordedTraining training, RunLayout run, Optional<Checkpoint> resumed) {
    PrintWriter out = spec.commandLine().getOut();
    boolean finished;
    try {
      finished = training.run(resumed, progress());
    } finally {
      summarise(training.warnings(), out);
    }
    if (!finished) {
      if (!quiet) {
        spec.commandLine()
            .getErr()
            .println("seqgan: interrupted; go on with: seqgan train --resume --run " + run.root());
      }
      return ExitCode.INTERRUPTED.code();
    }
    if (!quiet && format == OutputFormat.TEXT) {
      out.println("Report: " + run.report());
      out.println("Sample: seqgan sample " + run.root() + " -n 20");
    }
    return 0;
  }

  /** Repeats the warnings of the whole run, however it ended. */
  private void summarise(List<RunStatus.Warning> warnings, PrintWriter out) {
    if (quiet || format != OutputFormat.TEXT || warnings.isEmpty()) {
      return;
    }
    out.println("Warnings of this run, which docs/training-health.md explains:");
    for (RunStatus.Warning warning : warnings) {
      out.println(
          "  %s (%s): %s".formatted(warning.kind().label(), warning.when(), warning.message()));
    }
  }

  private TrainingListener progress() {
    if (!quiet && format == OutputFormat.JSON) {
      return new JsonLines(spec.commandLine().getOut(), InstantSource.system());
    }
    ProgressBar.Mode mode = quiet ? ProgressBar.Mode.QUIET : Terminal.progressMode();
    return new ProgressBar(main.screen(), mode, Terminal.columns(), System::nanoTime);
  }

  /** The name of a preset, or of a file without its ending. */
  private static String defaultName(String source) {
    return Path.of(source).getFileName().toString().replaceFirst("\\.conf$", "");
  }
}
