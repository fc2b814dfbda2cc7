package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.core.registry.BrokenPlugin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code seqgan plugins}. */
@Command(
    name = "plugins",
    description = "Lists what an experiment can be made of.",
    subcommands = PluginsShowCommand.class)
final class PluginsCommand implements Runnable {
  @ParentCommand private SeqganCommand root;
  @Mixin private FormatOption format;

  private record Line(String kind, String name, String description, String jar) {}

  private record Listing(List<Line> plugins, List<BrokenPlugin> broken) {}

  SeqganCommand root() {
    return root;
  }

  @Override
  public void run() {
    PluginRegistry registry = root.registry();
    List<Line> lines = registry.plugins().stream().map(PluginsCommand::line).toList();
    PrintWriter out = root.commandLine().getOut();
    if (format.isJson()) {
      FormatOption.printJson(new Listing(lines, registry.broken()), out);
      return;
    }
    TextTable table = new TextTable("KIND", "NAME", "DESCRIPTION", "FROM");
    lines.forEach(line -> table.row(line.kind(), line.name(), line.description(), line.jar()));
    table.print(out);
    printBroken(registry.broken(), out);
  }

  /** What could not be loaded, and why. */
  static void printBroken(List<BrokenPlugin> broken, PrintWriter out) {
    if (!broken.isEmpty()) {
      out.println();
      out.println("could not be loaded:");
      broken.forEach(plugin -> out.println("  " + plugin.description() + ": " + plugin.reason()));
    }
  }

  private static Line line(RegisteredPlugin plugin) {
    String jar = plugin.location().map(Path::getFileName).map(Path::toString).orElse("");
    return new Line(plugin.kind().section(), plugin.name(), plugin.description(), jar);
  }
}
