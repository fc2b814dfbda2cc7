package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.core.config.Presets;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.config.ResolvedValue;
import org.seqgan.core.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan config}: the resolved configuration. */
@Command(
    name = "config",
    description = {
      "Show a resolved configuration: every option, its value, and where the value comes from.",
      "Without arguments, list the presets."
    })
final class ConfigCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationArguments configuration;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "a configuration file, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  ConfigCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (configuration.isEmpty()) {
      Table table = new Table("preset", "what it is");
      Presets.descriptions().forEach(table::add);
      table.print(out);
      return 0;
    }
    ResolvedConfig config = configuration.loadToShow(main.registry());
    if (format == OutputFormat.TEXT) {
      out.print(config.render());
      out.flush();
      return 0;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    for (ResolvedValue value : config.values()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("value", value.value().orElse(null));
      entry.put("origin", value.origin());
      entry.put("description", value.description());
      object.put(value.key(), entry);
    }
    out.println(Json.line(object));
    return 0;
  }
}
