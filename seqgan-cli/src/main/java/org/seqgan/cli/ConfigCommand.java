package org.seqgan.cli;

import java.io.PrintWriter;
import org.seqgan.core.config.Preset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code seqgan config}. */
@Command(
    name = "config",
    description = {
      "Prints an experiment with every value and where it came from, as a file to start from;"
          + " without an argument, lists the presets."
    })
final class ConfigCommand implements Runnable {
  @ParentCommand private SeqganCommand root;
  @Mixin private ExperimentArguments experiment;

  @Override
  public void run() {
    PrintWriter out = root.commandLine().getOut();
    experiment
        .source()
        .ifPresentOrElse(
            source -> out.print(experiment.read(source, root.registry()).toHocon()),
            () -> listPresets(out));
  }

  private static void listPresets(PrintWriter out) {
    TextTable table = new TextTable("PRESET", "DESCRIPTION");
    for (Preset preset : Preset.values()) {
      table.row(preset.word(), preset.description());
    }
    table.print(out);
  }
}
