package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.core.config.OptionRow;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.registry.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code seqgan plugins show NAME}. */
@Command(name = "show", description = "Shows the options of a plugin.")
final class PluginsShowCommand implements Runnable {
  @ParentCommand private PluginsCommand parent;
  @Mixin private FormatOption format;

  @Parameters(paramLabel = "NAME", description = "As 'seqgan plugins' lists it.")
  private String name;

  private record Description(
      String kind, String name, String description, List<OptionRow> options) {}

  @Override
  public void run() {
    List<Description> found = find(parent.root().registry());
    PrintWriter out = parent.root().commandLine().getOut();
    if (format.isJson()) {
      FormatOption.printJson(found, out);
      return;
    }
    String gap = "";
    for (Description plugin : found) {
      out.print(gap);
      print(plugin, out);
      gap = System.lineSeparator();
    }
  }

  private List<Description> find(PluginRegistry registry) {
    List<Description> found =
        registry.plugins().stream()
            .filter(plugin -> plugin.name().equals(name))
            .map(PluginsShowCommand::describe)
            .toList();
    if (found.isEmpty()) {
      List<String> names =
          registry.plugins().stream().map(RegisteredPlugin::name).distinct().toList();
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "no plugin is named '%s': installed are %s"
              .formatted(name, String.join(", ", Spelling.closestFirst(name, names))));
    }
    return found;
  }

  private static Description describe(RegisteredPlugin plugin) {
    return new Description(
        plugin.kind().section(),
        plugin.name(),
        plugin.description(),
        OptionRow.of(plugin.provider().optionsType()));
  }

  private static void print(Description plugin, PrintWriter out) {
    out.println("%s %s: %s".formatted(plugin.kind(), plugin.name(), plugin.description()));
    if (plugin.options().isEmpty()) {
      out.println("no options");
      return;
    }
    TextTable table = new TextTable("KEY", "TYPE", "DEFAULT", "RANGE", "DESCRIPTION");
    for (OptionRow row : plugin.options()) {
      table.row(row.key(), row.type(), row.defaultValue(), row.range(), row.description());
    }
    table.print(out);
  }
}
