package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.cli.progress.StandingLines;
import org.seqgan.core.io.Json;
import org.seqgan.core.matrix.CellStanding;
import org.seqgan.core.matrix.MatrixDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seqgan matrix status}: who does what, from any machine. */
@Command(
    name = "status",
    description = {
      "Say how the cells of a matrix stand, and who runs them; from any machine, changing nothing.",
      "Example: seqgan matrix status /shared/matrices/table1"
    })
final class MatrixStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "the directory of the matrix")
  private Path directory;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "lines for people (default), or a JSON object with every cell")
  private OutputFormat format = OutputFormat.TEXT;

  MatrixStatusCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (MatrixDirectory matrix = MatrixDirectory.look(directory)) {
      List<CellStanding> standing = matrix.standing();
      if (format == OutputFormat.JSON) {
        out.println(Json.line(object(matrix.plan().name(), standing)));
      } else {
        StandingLines.of(standing).forEach(out::println);
      }
    }
    return 0;
  }

  private static Map<String, Object> object(String name, List<CellStanding> standing) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (CellStanding one : standing) {
      Map<String, Object> cell = new LinkedHashMap<>();
      cell.put("id", one.summary().cell().id());
      cell.put("state", one.summary().state().label());
      cell.put("worker", one.holder());
      cell.put("renewals", one.renewals());
      cell.put("seconds", one.summary().seconds());
      one.progress()
          .ifPresent(
              at -> {
                cell.put("phase", at.phase().label());
                cell.put("step", at.step());
                cell.put("steps", at.total());
                cell.put("fraction", at.fraction());
              });
      cell.put("failure", one.summary().failure());
      cells.add(cell);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("cells", cells);
    return object;
  }
}
