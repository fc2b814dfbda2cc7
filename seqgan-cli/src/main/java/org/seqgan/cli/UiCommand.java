package org.seqgan.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.seqgan.cli.ui.UiServer;
import org.seqgan.core.run.PoliteStop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan ui}: a page on this machine that shows runs and matrices. */
@Command(
    name = "ui",
    description = {
      "Show runs, matrices and surveys on a page in your browser: lists, curves laid over each other, samples side by side, what configurations differ in. A run that goes on is followed.",
      "The page is on this machine alone (127.0.0.1), for who has the address that is printed; it changes nothing unless you say --allow-control. Ctrl-C ends it.",
      "Example: seqgan ui runs matrices"
    })
final class UiCommand implements Callable<Integer> {
  private static final int GREATEST_PORT = 65_535;
  private static final Duration GRACE = Duration.ofSeconds(5);

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description =
          "run directories, or folders with some anywhere below (default: runs and matrices here)")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--port", paramLabel = "N", description = "the port (default: one that is free)")
  private int port;

  @Option(
      names = "--allow-control",
      description = "let the page tag, stop and resume runs; without, it only reads")
  private boolean allowControl;

  UiCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > GREATEST_PORT) {
      throw Misuse.of(
          "--port must be 0 to %d, found %d; 0 is one that is free".formatted(GREATEST_PORT, port));
    }
    RunsOfFolders.require(folders);
    CountDownLatch asked = new CountDownLatch(1);
    UiServer.Settings settings =
        new UiServer.Settings(
            folders.isEmpty() ? RunsOfFolders.USUAL : folders,
            port,
            allowControl,
            Version.number(),
            run -> ChildJvm.resuming(run, main.pluginFolder()),
            message -> spec.commandLine().getErr().println("seqgan: " + message));
    try (PoliteStop stop = PoliteStop.install(asked::countDown, GRACE);
        UiServer server = UiServer.start(settings)) {
      spec.commandLine().getOut().println(server.address());
      spec.commandLine().getOut().flush();
      asked.await();
      return ExitCode.of(stop.signal()).code();
    }
  }
}
