package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.config.ListenerChoices;
import org.seqgan.core.matrix.CellFolder;
import org.seqgan.core.matrix.CellRun;
import org.seqgan.core.matrix.Resources;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.run.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code seqgan cell}: runs cells of a matrix, whose folders come on the standard input, a line
 * each; what {@code seqgan matrix} starts. For each cell that is done there is a line on the
 * standard output; everything else that is printed goes to the standard error. A cell that fails,
 * or is told to stop, ends the process. So does the end of the input: whoever holds it is gone.
 */
@Command(
    name = "cell",
    hidden = true,
    description =
        "Run the cells that folders with a cell.json describe, or go on with them: a line of the"
            + " standard input each.")
final class CellCommand implements Callable<Integer> {
  private static final int LINE_WIDTH = 200;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Option(names = "--threads", required = true, description = "worker threads")
  private int threads;

  @Option(names = "--memory", required = true, description = "bytes that the process may take")
  private long memory;

  @Option(names = "--device", description = "number of the accelerator")
  private @Nullable Integer device;

  @Mixin private ListenArguments listen;

  CellCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    main.printsProgress(err);
    System.setOut(System.err); // the output is for lines about cells alone
    BlockingQueue<Path> folders = new LinkedBlockingQueue<>();
    // Ends the process with the input; what runs then stops as politely as for a signal.
    InputLines.follow(
        "folders",
        line -> folders.add(Path.of(line)),
        () -> System.exit(ExitCode.INTERRUPTED.code()));
    PluginRegistry registry = main.registry();
    CellRun run =
        new CellRun(
            registry,
            RunReport::render,
            Version.number(),
            ListenerChoices.parse(registry, listen.words()));
    while (true) {
      CellRun.Result result = run(run, folders.take(), err);
      if (result.summary().isEmpty()) {
        return ExitCode.of(result.signal()).code();
      }
      err.flush();
      main.screen().println();
      main.screen().flush();
    }
  }

  private CellRun.Result run(CellRun run, Path folder, PrintWriter err) {
    ProgressBar progress =
        new ProgressBar(err, ProgressBar.Mode.LINES, LINE_WIDTH, System::nanoTime);
    OptionalInt chosen = device == null ? OptionalInt.empty() : OptionalInt.of(device);
    return run.run(
        new CellFolder(folder),
        new Resources(threads, new ByteSize(memory), chosen),
        progress,
        remark -> err.println("seqgan: " + remark));
  }
}
