package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seqgan.cli.progress.MatrixProgress;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.config.ListenerChoices;
import org.seqgan.core.matrix.AskedCells;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellListener;
import org.seqgan.core.matrix.CellProgress;
import org.seqgan.core.matrix.CellQueue;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.MatrixProgram;
import org.seqgan.core.matrix.ProcessRunner;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.matrix.MatrixPages;
import org.seqgan.core.run.PoliteStop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan worker}: cells of a matrix in a folder that other machines see, too. */
@Command(
    name = "worker",
    description = {
      "Take cells of a matrix, one after another, beside other workers that share its folder.",
      "Example: seqgan worker /shared/matrices/table1 -j 2"
    },
    footer =
        "Exit codes: 0 every cell has ended, 6 some failed here, 130 interrupted, 143 told to stop.")
final class WorkerCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private Budget budget;
  @Mixin private LeaseArgument lease;
  @Mixin private ListenArguments listen;

  @Parameters(paramLabel = "DIR", description = "the directory of the matrix")
  private Path directory;

  @Option(
      names = {"-q", "--quiet"},
      description = "print nothing but errors")
  private boolean quiet;

  @Option(
      names = "--asked",
      hidden = true,
      description =
          "take only the cells whose ids come on the standard input, a line each, until it ends; on"
              + " the standard output there is a line for each that has ended: its id and state")
  private boolean asked;

  WorkerCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    main.printsProgress(err);
    PluginRegistry registry = main.registry();
    ListenerChoices.parse(registry, listen.words());
    MatrixProgram program = MatrixProgram.of(Version.number(), registry);
    ChildJvm child =
        new ChildJvm(budget.share(), budget.devices(), main.pluginFolder(), listen.words());
    Duration length = lease.length();
    AtomicBoolean failed = new AtomicBoolean();
    try (MatrixDirectory matrix = MatrixDirectory.join(directory, program);
        PoliteStop stop = PoliteStop.install(() -> {}, MatrixCommand.GRACE)) {
      ProcessRunner runner = new ProcessRunner(child, budget.parallel(), true);
      if (asked) {
        return runAsked(matrix, length, runner, stop);
      }
      CellQueue queue = new CellQueue(matrix, length, false);
      if (queue.isOver()) {
        err.println("seqgan: every cell has ended already");
        writeResults(program);
        return 0;
      }
      MatrixProgress progress =
          MatrixCommand.progress(
              main, matrix, quiet ? ProgressBar.Mode.QUIET : ProgressBar.Mode.LINES, budget);
      runner.run(queue, MatrixCommand.hearing(failed, progress), stop);
      progress.close();
      if (queue.isOver()) {
        writeResults(program);
      } else if (stop.getAsBoolean()) {
        err.println("seqgan: interrupted; other workers go on with what this one had");
        return ExitCode.of(stop.signal()).code();
      }
    }
    return failed.get() ? ExitCode.CELLS_FAILED.code() : 0;
  }

  /**
   * Each worker that finds every cell ended does it, because the one that ended the last may have
   * been killed; all of them write the same. The plan is read again: what cells are compared by may
   * have changed while this process ran some.
   */
  private void writeResults(MatrixProgram program) {
    try (MatrixDirectory matrix = MatrixDirectory.join(directory, program)) {
      MatrixPages.write(matrix, matrix.results());
    }
  }

  /** Until the input ends, with which whoever asks is gone, however that happened. */
  private int runAsked(
      MatrixDirectory matrix, Duration length, ProcessRunner runner, PoliteStop stop) {
    AskedCells cells = new AskedCells();
    AtomicBoolean inputEnded = new AtomicBoolean();
    InputLines.follow("asked cells", cells::ask, () -> inputEnded.set(true));
    runner.run(
        new CellQueue(matrix, length, cells),
        new EndedCells(main.screen()),
        () -> inputEnded.get() || stop.getAsBoolean());
    return stop.getAsBoolean() ? ExitCode.of(stop.signal()).code() : 0;
  }

  /** Says how each cell ended. */
  private record EndedCells(PrintWriter out) implements CellListener {
    @Override
    public void started(Cell cell) {}

    @Override
    public void progressed(Cell cell, CellProgress progress) {}

    @Override
    public void ended(CellSummary summary) {
      out.println(summary.cell().id() + " " + summary.state().label());
      out.flush();
    }
  }
}
