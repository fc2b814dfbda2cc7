package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.api.UserException;
import org.seqgan.core.config.OptionTable;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.BrokenPlugin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.registry.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan plugins}: what is installed. */
@Command(
    name = "plugins",
    description = "List the installed plugins; 'plugins show NAME' lists the options of one.",
    footer = "Exit codes: 0 every plugin can be used, 7 one is broken.")
final class PluginsCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Option(names = "--format", paramLabel = "text|json", description = "a table, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  PluginsCommand() {}

  @Override
  public Integer call() {
    PluginRegistry registry = main.registry();
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.JSON) {
      out.println(Json.line(json(registry)));
    } else {
      print(registry, out);
    }
    int broken = registry.broken().size();
    if (broken > 0) {
      spec.commandLine().getErr().println("seqgan: plugins that cannot be used: " + broken);
      return ExitCode.PLUGIN.code();
    }
    return ExitCode.DONE.code();
  }

  private static void print(PluginRegistry registry, PrintWriter out) {
    Table table = new Table("kind", "name", "what it is", "from");
    for (RegisteredPlugin plugin : registry.plugins()) {
      table.add(plugin.kind().section(), plugin.name(), plugin.description(), file(plugin));
    }
    table.print(out);
    for (BrokenPlugin broken : registry.broken()) {
      out.println("broken: " + broken.description() + ": " + broken.reason());
    }
    out.println("Which method to try first, and why: docs/methods.md");
  }

  private static Map<String, Object> json(PluginRegistry registry) {
    List<Map<String, String>> plugins = new ArrayList<>();
    for (RegisteredPlugin plugin : registry.plugins()) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("kind", plugin.kind().section());
      entry.put("name", plugin.name());
      entry.put("description", plugin.description());
      entry.put("from", file(plugin));
      plugins.add(entry);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("plugins", plugins);
    object.put("broken", registry.broken());
    return object;
  }

  private static String file(RegisteredPlugin plugin) {
    return plugin.location().map(Path::getFileName).map(Path::toString).orElse("");
  }

  /** {@code seqgan plugins show NAME}. */
  @Command(name = "show", description = "Show a plugin's options.")
  int show(@Parameters(paramLabel = "PLUGIN", description = "a plugin's name") String name) {
    PluginRegistry registry = main.registry();
    List<RegisteredPlugin> named =
        registry.plugins().stream().filter(plugin -> plugin.name().equals(name)).toList();
    if (named.isEmpty()) {
      List<String> names =
          registry.plugins().stream().map(RegisteredPlugin::name).distinct().toList();
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "no plugin is named '"
              + name
              + "'; installed are "
              + String.join(", ", Spelling.closestFirst(name, names)));
    }
    PrintWriter out = spec.commandLine().getOut();
    for (RegisteredPlugin plugin : named) {
      out.println(plugin.kind().section() + " " + plugin.name() + ": " + plugin.description());
      Table table = new Table("option", "type", "default", "range", "what it does");
      for (OptionTable.Row row :
          OptionTable.of(plugin.provider().about().optionsType().asSubclass(Record.class))) {
        table.add(row.key(), row.type(), row.defaultValue(), row.range(), row.description());
      }
      table.print(out);
    }
    return 0;
  }
}
