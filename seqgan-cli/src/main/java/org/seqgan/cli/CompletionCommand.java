package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.cli.completion.Completion;
import org.seqgan.cli.completion.Shell;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.Matrices;
import org.seqgan.core.config.Presets;
import org.seqgan.core.config.ResolvedValue;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan completion}: a script that teaches a shell the commands. */
@Command(
    name = "completion",
    description = {
      "Print a script by which a shell completes commands, options, presets, keys of the configuration, plugins and runs.",
      "In bash and zsh: source <(seqgan completion bash); in fish: seqgan completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Its keys are those that every experiment has, with the usual plugins. */
  private static final String USUAL_PRESET = "quickstart";

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
  private Shell shell;

  CompletionCommand() {}

  @Override
  public Integer call() {
    PluginRegistry registry = main.registry();
    CommandLine all = Commands.allAddedTo(new CommandLine(new Main(StandardOutput.ofProcess())));
    Completion completion = Completion.of(all, words(registry), keys(registry), choices(registry));
    PrintWriter out = spec.commandLine().getOut();
    out.print(shell.script(completion));
    out.flush();
    return 0;
  }

  /** What labels of values and arguments stand for. */
  private static Map<String, List<String>> words(PluginRegistry registry) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put("PRESET", List.copyOf(Presets.descriptions().keySet()));
    words.put("MATRIX", List.copyOf(Matrices.descriptions().keySet()));
    words.put("FORMAT", names(registry, PluginKind.FORMAT));
    words.put("TASK", TaskCorpus.all(registry).stream().map(TaskCorpus::task).toList());
    words.put("BACKEND", names(registry, PluginKind.BACKEND));
    words.put("LISTENER", names(registry, PluginKind.LISTENER));
    words.put("SCORE", names(registry, PluginKind.METRIC));
    words.put(
        "PLUGIN", registry.plugins().stream().map(RegisteredPlugin::name).distinct().toList());
    return words;
  }

  private static List<String> names(PluginRegistry registry, PluginKind kind) {
    return registry.plugins(kind).stream().map(RegisteredPlugin::name).toList();
  }

  /** The plugins that a section of the configuration can name. */
  private static Map<String, List<String>> choices(PluginRegistry registry) {
    Map<String, List<String>> choices = new LinkedHashMap<>();
    for (PluginKind kind : PluginKind.values()) {
      if (kind.isChosenBySection()) {
        choices.put(kind.section(), names(registry, kind));
      }
    }
    return choices;
  }

  private static List<String> keys(PluginRegistry registry) {
    List<String> keys = new ArrayList<>();
    for (ResolvedValue value :
        ExperimentConfig.loadToShow(registry, USUAL_PRESET, List.of()).values()) {
      keys.add(value.key().replaceFirst("^(\\w+)\\.name$", "$1"));
    }
    return keys;
  }
}
