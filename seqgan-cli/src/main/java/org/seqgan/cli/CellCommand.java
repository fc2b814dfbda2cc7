package org.seqgan.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.matrix.CellFolder;
import org.seqgan.core.matrix.CellRun;
import org.seqgan.core.matrix.Resources;
import org.seqgan.core.report.run.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan cell}: runs one cell of a matrix; what {@code seqgan matrix} starts. */
@Command(
    name = "cell",
    hidden = true,
    description = "Run the cell of a matrix that a folder describes, or go on with it.")
final class CellCommand implements Callable<Integer> {
  private static final int LINE_WIDTH = 200;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "a folder with a cell.json")
  private Path folder;

  @Option(names = "--threads", required = true, description = "worker threads")
  private int threads;

  @Option(names = "--memory", required = true, description = "bytes that the process may take")
  private long memory;

  @Option(names = "--device", description = "number of the accelerator")
  private @Nullable Integer device;

  @Option(
      names = "--stop-at-end-of-input",
      description = "stop when the standard input ends: when the process that holds it is gone")
  private boolean stopAtEndOfInput;

  CellCommand() {}

  @Override
  public Integer call() {
    if (stopAtEndOfInput) {
      watch(System.in);
    }
    main.printsProgress(spec.commandLine().getErr());
    CellRun run = new CellRun(main.registry(), RunReport::render, Version.number());
    ProgressBar progress =
        new ProgressBar(main.screen(), ProgressBar.Mode.LINES, LINE_WIDTH, System::nanoTime);
    OptionalInt chosen = device == null ? OptionalInt.empty() : OptionalInt.of(device);
    Resources resources = new Resources(threads, new ByteSize(memory), chosen);
    PrintWriter err = spec.commandLine().getErr();
    CellRun.Result result =
        run.run(
            new CellFolder(folder),
            resources,
            progress,
            remark -> err.println("seqgan: " + remark));
    return result.summary().isPresent() ? 0 : ExitCode.of(result.signal()).code();
  }

  private static void watch(InputStream input) {
    Thread watcher =
        new Thread(
            () -> {
              awaitEnd(input);
              System.exit(ExitCode.INTERRUPTED.code());
            },
            "end-of-input");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void awaitEnd(InputStream input) {
    try {
      while (input.read() >= 0) {
        // Nothing is meant to come.
      }
    } catch (IOException e) {
      // A pipe that broke has ended, too.
    }
  }
}
