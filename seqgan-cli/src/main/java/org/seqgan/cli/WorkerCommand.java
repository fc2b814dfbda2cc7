package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seqgan.cli.progress.MatrixProgress;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.config.ListenerChoices;
import org.seqgan.core.matrix.CellQueue;
import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.ProcessRunner;
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

  WorkerCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    main.printsProgress(err);
    ListenerChoices.parse(main.registry(), listen.words());
    ChildJvm child =
        new ChildJvm(budget.share(), budget.devices(), main.pluginFolder(), listen.words());
    Duration length = lease.length();
    AtomicBoolean failed = new AtomicBoolean();
    try (MatrixDirectory matrix = MatrixDirectory.join(directory, Version.number());
        PoliteStop stop = PoliteStop.install(() -> {}, () -> {}, MatrixCommand.GRACE)) {
      CellQueue queue = new CellQueue(matrix, length, false);
      if (queue.isOver() && Files.exists(matrix.csv())) {
        err.println("seqgan: every cell has ended already");
        return 0;
      }
      MatrixProgress progress =
          MatrixCommand.progress(
              main, matrix, quiet ? ProgressBar.Mode.QUIET : ProgressBar.Mode.LINES, budget);
      new ProcessRunner(child, budget.parallel(), true)
          .run(queue, MatrixCommand.hearing(failed, progress), stop);
      progress.close();
      if (stop.getAsBoolean()) {
        err.println("seqgan: interrupted; other workers go on with what this one had");
        return ExitCode.of(stop.signal()).code();
      }
      MatrixCommand.writeOnce(matrix);
    }
    return failed.get() ? ExitCode.CELLS_FAILED.code() : 0;
  }
}
