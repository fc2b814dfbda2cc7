package org.seqgan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.seqgan.core.config.RecordedConfig;
import org.seqgan.core.event.Quantile;
import org.seqgan.core.io.Csv;
import org.seqgan.core.io.Json;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.terminal.DisplayWidth;
import org.seqgan.core.workbench.ConfigDifferences;
import org.seqgan.core.workbench.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seqgan runs compare}: what runs differ in, and what they came to. */
@Command(
    name = "compare",
    description = {
      "Show runs side by side: the options that are not the same in all, and the last value of each metric."
    })
final class RunsCompareCommand implements Callable<Integer> {
  /** The longest value of an option that is shown whole beside others. */
  private static final int LONGEST_VALUE = 40;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "run directories, at least two")
  private List<Path> directories = List.of();

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      description = "a table, a JSON object, or comma-separated values")
  private RunsFormat format = RunsFormat.TEXT;

  RunsCompareCommand() {}

  @Override
  public Integer call() {
    List<RunSummary> runs = RunsOfFolders.named(new LinkedHashSet<>(directories));
    if (runs.size() < 2) {
      throw Misuse.of("expected at least two runs to compare, found %d".formatted(runs.size()));
    }
    ConfigDifferences options =
        ConfigDifferences.of(
            runs.stream().map(run -> RecordedConfig.read(run.layout().config())).toList());
    Map<String, List<Optional<Double>>> metrics = metrics(runs);
    PrintWriter out = spec.commandLine().getOut();
    if (format == RunsFormat.JSON) {
      out.println(Json.line(json(runs, options, metrics)));
      return 0;
    }
    List<List<String>> rows = rows(runs, options, metrics);
    if (format == RunsFormat.CSV) {
      rows.forEach(row -> out.println(Csv.record(row)));
      return 0;
    }
    if (options.rows().isEmpty()) {
      out.println("The configurations are the same.");
    }
    Table table = new Table(rows.get(0).toArray(String[]::new));
    boolean shortened = false;
    for (List<String> row : rows.subList(1, rows.size())) {
      table.add(
          row.stream()
              .map(cell -> DisplayWidth.shorten(cell, LONGEST_VALUE))
              .toArray(String[]::new));
      shortened |= row.stream().anyMatch(cell -> DisplayWidth.of(cell) > LONGEST_VALUE);
    }
    table.print(out);
    if (shortened) {
      out.println("Values that end in dots are longer; --format csv has them whole.");
    }
    return 0;
  }

  /** Each figure that a run has, but for quantiles, in the order of the first that has it. */
  private static Map<String, List<Optional<Double>>> metrics(List<RunSummary> runs) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.metrics().keySet()));
    Map<String, List<Optional<Double>>> metrics = new LinkedHashMap<>();
    for (String name : names) {
      if (!Quantile.isName(name)) {
        metrics.put(
            name, runs.stream().map(run -> Optional.ofNullable(run.metrics().get(name))).toList());
      }
    }
    return metrics;
  }

  private List<List<String>> rows(
      List<RunSummary> runs,
      ConfigDifferences options,
      Map<String, List<Optional<Double>>> metrics) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", runs.stream().map(RunsOfFolders::typed).toList()));
    rows.add(row("state", runs.stream().map(run -> run.state().label()).toList()));
    for (ConfigDifferences.Row option : options.rows()) {
      rows.add(row(option.key(), option.values().stream().map(value -> value.orElse("")).toList()));
    }
    metrics.forEach(
        (name, values) ->
            rows.add(
                row(
                    name,
                    values.stream().map(value -> value.map(this::text).orElse("")).toList())));
    return rows;
  }

  private String text(double value) {
    return format == RunsFormat.CSV ? Double.toString(value) : NumberFormats.format(value);
  }

  private static List<String> row(String first, List<String> others) {
    List<String> row = new ArrayList<>(List.of(first));
    row.addAll(others);
    return row;
  }

  private static ObjectNode json(
      List<RunSummary> runs,
      ConfigDifferences options,
      Map<String, List<Optional<Double>>> metrics) {
    ObjectNode node = Json.object();
    runs.forEach(run -> node.withArray("runs").add(RunsOfFolders.typed(run)));
    runs.forEach(run -> node.withArray("states").add(run.state().label()));
    ObjectNode differences = node.putObject("options");
    options
        .rows()
        .forEach(
            option ->
                option
                    .values()
                    .forEach(value -> differences.withArray(option.key()).add(value.orElse(null))));
    ObjectNode figures = node.putObject("metrics");
    metrics.forEach(
        (name, values) ->
            values.forEach(
                value -> figures.withArray(name).add(value.filter(Double::isFinite).orElse(null))));
    return node;
  }
}
