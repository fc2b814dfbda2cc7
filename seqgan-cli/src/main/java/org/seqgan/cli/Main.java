package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program. It ends with one of {@link ExitCode}. */
@Command(
    name = "seqgan",
    description = "Sequence generation by adversarial training (SeqGAN, Yu et al., AAAI-17).",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      TrainCommand.class,
      SampleCommand.class,
      EvaluateCommand.class,
      SurveyCommand.class,
      ConfigCommand.class,
      PluginsCommand.class,
      DataCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      MatrixCommand.class,
      CellCommand.class
    })
public final class Main {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "a folder of plugin jars (default: plugins/ of the distribution)")
  private @Nullable Path pluginFolder;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "print the stack trace of an error")
  private boolean stackTrace;

  Main() {}

  /** Starts the program and ends the process with its exit code. */
  public static void main(String[] args) {
    Charset charset = Charset.defaultCharset();
    int exitCode =
        run(
            args,
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset));
    System.exit(exitCode);
  }

  /** Runs a command line. Returns the exit code. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    Main main = new Main();
    CommandLine commandLine =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler((e, given) -> misused(e))
            .setExecutionExceptionHandler((e, command, result) -> main.failed(e, err));
    if (args.length == 0) {
      commandLine.usage(out);
      return ExitCode.CONFIGURATION.code();
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) { // picocli hands exceptions alone to its handler
      return main.failed(e, err);
    }
  }

  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("seqgan: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.print(command.getHelp().fullSynopsis());
    err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.CONFIGURATION.code();
  }

  private int failed(Throwable thrown, PrintWriter err) {
    if (stackTrace) {
      thrown.printStackTrace(err);
    }
    Failure failure = Failure.of(thrown);
    boolean hint = failure.kind() instanceof Failure.Internal && !stackTrace;
    err.println(
        "seqgan: "
            + failure.message()
            + (hint ? "; run again with --stacktrace and report it" : ""));
    return ExitCode.of(failure);
  }

  /** All plugins: of the program, and of the plugin folder, where there is one. */
  PluginRegistry registry() {
    ClassLoader loader = Main.class.getClassLoader();
    return pluginFolder()
        .map(folder -> PluginRegistry.discover(loader, folder))
        .orElseGet(() -> PluginRegistry.discover(loader));
  }

  /** The folder that was named, which must exist, or the distribution's, which may be missing. */
  Optional<Path> pluginFolder() {
    if (pluginFolder != null) {
      return Optional.of(pluginFolder);
    }
    return Optional.ofNullable(System.getProperty("seqgan.home"))
        .map(home -> Path.of(home, "plugins"))
        .filter(Files::isDirectory);
  }
}
