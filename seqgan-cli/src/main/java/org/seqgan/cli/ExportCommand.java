package org.seqgan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.portable.Provenance;
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

/**
 * {@code seqgan export}: writes a run's model to one file, or as plain files, or its models in a
 * format of another library.
 */
@Command(
    name = "export",
    description = {
      "Write the trained models of a run, for other people and other programs.",
      "Formats: seqgan, one file NAME.seqgan that sample, evaluate and survey take; safetensors, a"
          + " folder of plain files for Python; and plugins, which 'seqgan plugins' lists. 'seqgan"
          + " import' reads them back.",
      "Example: seqgan export runs/quickstart quickstart.seqgan"
    })
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      description = "a run directory, or the file of a model")
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

  @Option(
      names = "--data-licence",
      paramLabel = "LINE",
      description =
          "of seqgan and safetensors: under which licence the data are, such as 'CC BY 4.0'"
              + " (default: what the task says)")
  private @Nullable String licence;

  @Mixin private DecodingArguments decoding;

  ExportCommand() {}

  @Override
  public Integer call() {
    decoding.over(Decoding.SAMPLE); // wrong numbers are told before anything is opened
    PluginRegistry registry = main.registry();
    ModelOpening opening = new ModelOpening(registry, spec.commandLine().getErr());
    Optional<OwnFormat> own = OwnFormat.chosen(format, target);
    List<Path> written =
        own.isPresent() ? write(own.get(), opening) : writeByPlugin(registry, opening);
    written.forEach(file -> spec.commandLine().getOut().println("wrote " + file));
    return ExitCode.DONE.code();
  }

  private List<Path> write(OwnFormat chosen, ModelOpening opening) {
    Path place = target != null ? target : Path.of(new RunLayout(run).name() + chosen.ending());
    chosen.requireRoom(place, force);
    try (OpenModel trained = opening.open(run, checkpoint)) {
      Provenance provenance = trained.provenance(Version.number(), Optional.ofNullable(licence));
      Decoding usual = decoding.over(trained.decoding());
      return chosen.write(place, trained.portable(usual, provenance), force);
    }
  }

  private List<Path> writeByPlugin(PluginRegistry registry, ModelOpening opening) {
    ModelFormatProvider provider = new ModelFormats(registry).choose(format, target, "--to");
    if (licence != null || decoding.areGiven()) {
      throw Misuse.of(
          "--data-licence, --temperature, --top-k and --top-p are for formats seqgan and safetensors, found format %s; leave them out"
              .formatted(provider.about().name()));
    }
    Path place = target != null ? target : defaultTarget(provider);
    requireRoom(place);
    try (OpenModel trained = opening.open(run, checkpoint)) {
      TrainedParts parts = trained.parts();
      return PluginOrigin.of(PluginKind.FORMAT, provider)
          .call("write", () -> provider.write(parts, place));
    }
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
