package org.seqgan.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.matrix.MatrixLayout;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.workbench.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seqgan runs delete}: deletes runs, after a question. */
@Command(
    name = "delete",
    description = {
      "Delete runs with everything in their directories, after a question that names them.",
      "A run that a process writes is not deleted, nor one with a file in it that no run wrote, nor a cell of a matrix. If one of several cannot be deleted, none is."
    },
    footer =
        "Exit codes: 0 deleted, or the answer was no; 2 nobody answered; 5 one cannot be deleted.")
final class RunsDeleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "run directories")
  private List<Path> directories = List.of();

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  RunsDeleteCommand() {}

  @Override
  public Integer call() {
    List<RunSummary> runs = RunsOfFolders.named(new LinkedHashSet<>(directories));
    runs.forEach(RunsDeleteCommand::requireDeletable);
    PrintWriter out = spec.commandLine().getOut();
    if (!yes && !isConfirmed(runs, out)) {
      out.println("Nothing is deleted.");
      return 0;
    }
    for (RunSummary run : runs) {
      RunDirectory.delete(run.directory());
      out.println("Deleted " + RunsOfFolders.typed(run));
    }
    return 0;
  }

  private static void requireDeletable(RunSummary run) {
    MatrixLayout.around(run.directory())
        .ifPresent(
            matrix -> {
              throw refused(
                  "%s is a cell of the matrix %s, which would miss it; delete the folder of the matrix instead"
                      .formatted(RunsOfFolders.typed(run), matrix.root()));
            });
    if (run.directory().toFile().isDirectory() && Files.isSymbolicLink(run.directory())) {
      throw refused(
          "%s is a link to a run; name the run itself".formatted(RunsOfFolders.typed(run)));
    }
    RunDirectory.requireDeletable(run.directory());
  }

  private static UserException refused(String words) {
    return new UserException(UserException.Kind.RUN_DIRECTORY, words);
  }

  private boolean isConfirmed(List<RunSummary> runs, PrintWriter out) {
    Table table = new Table("run", "state", "size", "tags");
    for (RunSummary run : runs) {
      table.add(
          RunsOfFolders.typed(run),
          run.state().label(),
          run.bytes().isPresent() ? new ByteSize(run.bytes().getAsLong()).toString() : "",
          String.join(", ", run.tags()));
    }
    table.print(out);
    out.print(
        "Delete %s with everything in %s? [y/N] "
            .formatted(
                runs.size() == 1 ? "this run" : "these %d runs".formatted(runs.size()),
                runs.size() == 1 ? "it" : "them"));
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      if (answer == null) {
        out.println();
        throw Misuse.of("expected an answer, found none; nothing is deleted, or say --yes");
      }
      return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
