package org.seqgan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command: options that hold for all of them. */
@Command(
    name = "seqgan",
    description = "Trains sequence generators adversarially (SeqGAN).",
    subcommands = {ConfigCommand.class, PluginsCommand.class, DoctorCommand.class},
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpAutoWidth = true)
final class SeqganCommand implements Runnable {
  private static final String HOME = "seqgan.home";

  @Spec private CommandSpec spec;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Take plugins from the jars of this folder instead of the program's own.")
  private Optional<Path> plugins;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error arose.")
  private boolean stackTrace;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, found none");
  }

  boolean stackTrace() {
    return stackTrace;
  }

  /** The folder of plugin jars: the one asked for, otherwise the program's own if it has one. */
  Optional<Path> pluginsFolder() {
    return plugins.or(
        () ->
            Optional.ofNullable(System.getProperty(HOME))
                .map(home -> Path.of(home, "plugins"))
                .filter(Files::isDirectory));
  }

  /** Finds the plugins. */
  PluginRegistry registry() {
    ClassLoader loader = SeqganCommand.class.getClassLoader();
    return pluginsFolder()
        .map(folder -> PluginRegistry.discover(loader, folder))
        .orElseGet(() -> PluginRegistry.discover(loader));
  }

  /** The program, for a command's output. */
  CommandLine commandLine() {
    return spec.commandLine();
  }
}
