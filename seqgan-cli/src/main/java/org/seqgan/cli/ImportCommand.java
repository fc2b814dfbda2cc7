package org.seqgan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.core.experiment.ImportedModels;
import org.seqgan.core.portable.PortableModel;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan import}: makes a run of models that another program has written. */
@Command(
    name = "import",
    description = {
      "Make a run of models that 'seqgan export' or another program has written.",
      "It can be sampled from and evaluated, and 'seqgan train --from' begins with it."
    })
final class ImportCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "the file or folder to read")
  private Path source;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PRESET|FILE [GROUP.KEY=VALUE...]",
      description =
          "the configuration of the data that the models were trained on, then options that"
              + " override it (default: what SOURCE tells)")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "the run directory to make")
  private Path run;

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "the format (default: what the ending of SOURCE tells)")
  private @Nullable String format;

  ImportCommand() {}

  @Override
  public Integer call() {
    PluginRegistry registry = main.registry();
    RunDirectory.requireVacant(run);
    ImportedModels models = read(registry);
    models.makeRun(run, models.config(registry, words), registry, Version.number());
    tellUntrained("generator", models.parts().generator());
    tellUntrained("discriminator", models.parts().discriminator());
    spec.commandLine().getOut().println("Sample: seqgan sample " + run + " -n 20");
    return ExitCode.DONE.code();
  }

  private void tellUntrained(String model, Optional<TrainedParts.Part> part) {
    if (part.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "seqgan: %s has no %s: where the run has one, it is untrained"
                  .formatted(source, model));
    }
  }

  private ImportedModels read(PluginRegistry registry) {
    Optional<OwnFormat> own = OwnFormat.chosen(format, source);
    if (own.isPresent()) {
      PortableModel model = own.get().read(source);
      return new ImportedModels(source, model.parts(), Optional.of(model.notation()));
    }
    ModelFormatProvider provider = new ModelFormats(registry).choose(format, source, "--from");
    TrainedParts parts =
        PluginOrigin.of(PluginKind.FORMAT, provider).call("read", () -> provider.read(source));
    return new ImportedModels(source, parts, Optional.empty());
  }
}
