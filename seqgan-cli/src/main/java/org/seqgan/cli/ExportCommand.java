package org.seqgan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.core.experiment.TrainedModels;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.RunLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan export}: writes the models of a run in a format that other programs read. */
@Command(
    name = "export",
    description = {
      "Write the trained models of a run for other programs.",
      "Formats: 'seqgan plugins' lists them. Back again: 'seqgan import'."
    })
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "a run directory")
  private Path run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description = "the file or folder to write (default: the run's name and the format's)")
  private @Nullable Path target;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "the format (default: what the ending of TARGET tells)")
  private @Nullable String format;

  @Option(names = "--force", description = "replace what is there")
  private boolean force;

  @Mixin private CheckpointArguments checkpoint;

  ExportCommand() {}

  @Override
  public Integer call() {
    PluginRegistry registry = main.registry();
    ModelFormatProvider provider = new ModelFormats(registry).choose(format, target, "--to");
    Path place = target != null ? target : defaultTarget(provider);
    requireRoom(place);
    try (TrainedRun trained =
        TrainedRun.open(run, checkpoint.choice(), registry, spec.commandLine().getErr())) {
      TrainedParts parts =
          TrainedModels.of(trained.config(), trained.experiment().task(), trained.checkpoint());
      List<Path> written =
          PluginOrigin.of(PluginKind.FORMAT, provider)
              .call("write", () -> provider.write(parts, place));
      written.forEach(file -> spec.commandLine().getOut().println("wrote " + file));
    }
    return ExitCode.DONE.code();
  }

  private Path defaultTarget(ModelFormatProvider provider) {
    String name = new RunLayout(run).name();
    return Path.of(
        provider
            .ending()
            .map(ending -> name + "." + ending)
            .orElse(name + "-" + provider.about().name()));
  }

  /** To be asked before long work. */
  private void requireRoom(Path place) {
    if (!force && Files.exists(place)) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s exists already; name another target, or replace it by --force".formatted(place));
    }
  }
}
