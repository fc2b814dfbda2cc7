package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.Printable;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The program. It ends with one of {@link ExitCode}. */
@Command(
    name = "seqgan",
    description = "Sequence generation by adversarial training (SeqGAN, Yu et al., AAAI-17).",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** What the virtual machine makes of bytes that are no text. */
  private static final char UNREADABLE = '\ufffd';

  /** The least that picocli lays help out in. */
  private static final int LEAST_USAGE_WIDTH = 55;

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

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      scope = ScopeType.INHERIT,
      description =
          "colours: on a terminal unless NO_COLOR is set (default), wherever the output goes, or none")
  private Colour colour = Colour.AUTO;

  private final StandardOutput output;

  Main(StandardOutput output) {
    this.output = output;
  }

  /** Starts the program and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.setErr(err); // for what libraries log
    System.exit(run(args, StandardOutput.ofProcess(), new PrintWriter(err, true, UTF_8)));
  }

  /** Runs a command line. Returns the exit code. */
  static int run(String[] args, StandardOutput output, PrintWriter complaints) {
    boolean painted = Colour.askedBy(args).isOn(Terminal.isThereForErrors(), System.getenv());
    PrintWriter err = PrintableWriter.over(painted ? ErrorWriter.over(complaints) : complaints);
    return output.exitCode(new Main(output).execute(args, err), err);
  }

  private int execute(String[] args, PrintWriter err) {
    PrintWriter out = output.writer();
    CommandLine commandLine =
        Commands.addedTo(new CommandLine(this), args)
            .setOut(Terminal.isThere() ? PrintableWriter.over(out) : out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(Math.max(LEAST_USAGE_WIDTH, Terminal.columns()))
            .setColorScheme(colours(Colour.askedBy(args)))
            .setExecutionStrategy(this::runLast)
            .setParameterExceptionHandler((e, given) -> Misuse.tell(e, err))
            .setExecutionExceptionHandler((e, command, result) -> failed(e, err));
    NumberArgument.register(commandLine);
    if (args.length == 0) {
      commandLine.usage(err);
      return ExitCode.CONFIGURATION.code();
    }
    for (String arg : args) {
      if (arg.indexOf(UNREADABLE) >= 0) {
        return failed(
            Misuse.of(
                "expected arguments in UTF-8, found '%s'; rename the file, or set LC_ALL to the locale that it was named in"
                    .formatted(arg)),
            err);
      }
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) { // picocli hands exceptions alone to its handler
      return failed(e, err);
    }
  }

  /** Help has colours of its own, and is printed out of reach of the handler of exceptions. */
  private int runLast(ParseResult parsed) {
    CommandLine commandLine = parsed.commandSpec().commandLine();
    if (parsed.asCommandLineList().stream()
        .anyMatch(each -> each.isUsageHelpRequested() || each.isVersionHelpRequested())) {
      commandLine.setOut(screen());
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (StandardOutput.Lost e) {
      return ExitCode.DONE.code(); // which the output replaces by a code of its own
    }
  }

  private static Help.ColorScheme colours(Colour asked) {
    return Help.defaultColorScheme(
        asked.isOn(Terminal.isThere(), System.getenv()) ? Help.Ansi.ON : Help.Ansi.OFF);
  }

  /** Whether what is printed on {@link #screen} may have colours. */
  boolean paints() {
    return colour.isOn(Terminal.isThere(), System.getenv());
  }

  private int failed(Throwable thrown, PrintWriter err) {
    if (thrown instanceof StandardOutput.Lost) {
      return ExitCode.DONE.code(); // which the output replaces by a code of its own
    }
    if (stackTrace) {
      thrown.printStackTrace(err);
    }
    Failure failure = Failure.of(thrown);
    boolean hint = failure.kind() instanceof Failure.Internal && !stackTrace;
    err.println(
        "seqgan: "
            + Printable.line(failure.message())
            + (hint ? "; run again with --stacktrace and report it" : ""));
    return ExitCode.of(failure);
  }

  /**
   * To be called by a command that works for long, and prints how that goes on: what cannot be
   * printed does not end the work. But a reader that went away is a request to stop, as SIGPIPE is:
   * what runs then stops as politely as for a signal.
   */
  void printsProgress(PrintWriter err) {
    output.isProgress(
        err,
        () -> new Thread(() -> System.exit(ExitCode.OUTPUT_CLOSED.code()), "reader-gone").start());
  }

  /** The standard output as it is, for what moves the cursor of a terminal. */
  PrintWriter screen() {
    return output.writer();
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
    return home().map(home -> home.resolve("plugins")).filter(Files::isDirectory);
  }

  /** What the archive that this was unpacked from says of itself, if it lacks something. */
  Optional<Path> archiveNote() {
    return home().map(home -> home.resolve("archive.txt")).filter(Files::isRegularFile);
  }

  /** The archive of classes of the distribution that this was started from. */
  Optional<ClassArchive> classArchive() {
    return home().map(ClassArchive::new);
  }

  /** The folder of the distribution that this was started from. */
  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("seqgan.home")).map(Path::of);
  }
}
