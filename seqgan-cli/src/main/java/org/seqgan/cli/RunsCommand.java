package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.cli.ui.RunJson;
import org.seqgan.core.io.Csv;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.terminal.Columns;
import org.seqgan.core.terminal.DisplayWidth;
import org.seqgan.core.workbench.RunState;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan runs}: the runs below some folders, as a list. */
@Command(
    name = "runs",
    subcommands = {RunsCompareCommand.class, RunsTagCommand.class, RunsDeleteCommand.class},
    description = {
      "List runs: how they stand, how far they are, their last metrics and their tags.",
      "'runs compare' shows what runs differ in, 'runs tag' gives them words to find them by, 'runs delete' deletes them after a question.",
      "Example: seqgan runs --filter state=finished --sort nll-oracle"
    })
final class RunsCommand implements Callable<Integer> {
  /** So many metrics are shown where nobody chose. */
  private static final int USUAL_METRICS = 3;

  private static final int GAP = 2;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description =
          "run directories, or folders with some anywhere below (default: runs and matrices here)")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "CONDITION",
      description =
          "only runs of which this holds: a column and a value, state=failed, run=*small*, tags=good;"
              + " or a number, nll-oracle<8; several must all hold")
  private List<String> filters = List.of();

  @Option(
      names = "--sort",
      paramLabel = "NAME",
      description = "by a column or a metric, the smallest first (default: ${DEFAULT-VALUE})")
  private String sort = RunColumn.RUN;

  @Option(names = "--reverse", description = "with the greatest first")
  private boolean reverse;

  @Option(
      names = "--metric",
      paramLabel = "SCORE",
      split = ",",
      description = "metrics to show (default: the first of the runs, three at the most)")
  private List<String> metrics = List.of();

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      description = "a table, a JSON array, or comma-separated values")
  private RunsFormat format = RunsFormat.TEXT;

  RunsCommand() {}

  /** The program. */
  Main main() {
    return main;
  }

  @Override
  public Integer call() {
    Snapshot found = RunsOfFolders.below(folders);
    found.remarks().forEach(remark -> spec.commandLine().getErr().println("seqgan: " + remark));
    List<RunSummary> all = found.runs();
    List<RunColumn> columns = RunColumn.with(metrics.isEmpty() ? firstMetrics(all) : metrics);
    metrics.forEach(metric -> RunFilter.column("--metric", metric, List.of(), all));
    List<RunSummary> runs = new ArrayList<>(all);
    for (String filter : filters) {
      runs.removeIf(RunFilter.of(filter, columns, all).negate());
    }
    // What is equal keeps the order of the scan, by directory.
    runs.sort(order(columns, all));
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case JSON -> out.println(Json.line(runs.stream().map(RunJson::summary).toList()));
      case CSV -> {
        out.println(Csv.record(columns.stream().map(RunColumn::name).toList()));
        for (RunSummary run : runs) {
          out.println(
              Csv.record(columns.stream().map(column -> column.exact().apply(run)).toList()));
        }
      }
      case TEXT -> print(runs, all.size(), columns);
    }
    return 0;
  }

  private Comparator<RunSummary> order(List<RunColumn> columns, List<RunSummary> runs) {
    return RunFilter.column("--sort", sort, columns, runs).order(reverse);
  }

  /** The metrics that rank the runs, those of most runs first. */
  private static List<String> firstMetrics(List<RunSummary> runs) {
    Map<String, Long> counts =
        runs.stream()
            .flatMap(run -> rankedBy(run).stream())
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(USUAL_METRICS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Optional<String> rankedBy(RunSummary run) {
    if (run.state() == RunState.BROKEN) {
      return Optional.empty();
    }
    return RunStatus.read(run.layout().status()).description().metrics().stream()
        .map(MetricNote::name)
        .filter(run.metrics()::containsKey)
        .findFirst();
  }

  // ---- the table ----

  private void print(List<RunSummary> runs, int all, List<RunColumn> columns) {
    PrintWriter out = main.screen();
    if (runs.isEmpty()) {
      out.println(
          all == 0 ? "There are no runs." : "Of %d runs none is as --filter says.".formatted(all));
      return;
    }
    List<RunColumn> filled =
        columns.stream()
            .filter(column -> runs.stream().anyMatch(run -> !column.text().apply(run).isEmpty()))
            .toList();
    List<RunColumn> shown = Terminal.isThere() ? fitting(runs, filled, Terminal.columns()) : filled;
    List<List<String>> rows = new ArrayList<>();
    rows.add(shown.stream().map(RunColumn::name).toList());
    runs.forEach(run -> rows.add(shown.stream().map(column -> column.text().apply(run)).toList()));
    List<String> lines = Columns.align(rows);
    out.println(lines.get(0));
    for (int i = 0; i < runs.size(); i++) {
      out.println(painted(lines.get(i + 1), runs.get(i)));
    }
    runs.forEach(
        run ->
            run.message()
                .ifPresent(
                    message ->
                        spec.commandLine()
                            .getErr()
                            .println(
                                "%s: %s: %s"
                                    .formatted(
                                        RunsOfFolders.typed(run), run.state().label(), message))));
    if (shown.size() < filled.size()) {
      List<String> left = new ArrayList<>(filled.stream().map(RunColumn::name).toList());
      left.removeAll(shown.stream().map(RunColumn::name).toList());
      out.println(
          "Too wide for %d columns: %s; --format csv has all."
              .formatted(Terminal.columns(), String.join(", ", left)));
    }
  }

  /** The columns that a line holds; the name and the state of a run in any case. */
  private static List<RunColumn> fitting(
      List<RunSummary> runs, List<RunColumn> columns, int width) {
    List<RunColumn> shown = new ArrayList<>(columns);
    while (shown.size() > 2 && width(runs, shown) > width) {
      shown.remove(
          shown.stream().min(Comparator.comparingInt(RunColumn::importance)).orElseThrow());
    }
    return shown;
  }

  private static int width(List<RunSummary> runs, List<RunColumn> columns) {
    return columns.stream()
            .mapToInt(
                column ->
                    GAP
                        + Math.max(
                            DisplayWidth.of(column.name()),
                            runs.stream()
                                .mapToInt(run -> DisplayWidth.of(column.text().apply(run)))
                                .max()
                                .orElse(0)))
            .sum()
        - GAP;
  }

  private String painted(String line, RunSummary run) {
    String state = run.state().label();
    Colour.@Nullable Shade shade = main.paints() ? shade(run.state()) : null;
    int at = line.indexOf("  " + state, RunsOfFolders.typed(run).length());
    return shade == null || at < 0
        ? line
        : line.substring(0, at + GAP) + shade.of(state) + line.substring(at + GAP + state.length());
  }

  private static Colour.Shade shade(RunState state) {
    return switch (state) {
      case FINISHED -> Colour.Shade.GOOD;
      case RUNNING -> Colour.Shade.BUSY;
      case INTERRUPTED, KILLED -> Colour.Shade.MILD;
      case FAILED, BROKEN -> Colour.Shade.BAD;
    };
  }
}
