package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Results as comma-separated values (RFC 4180 but for the ends of lines): a line for each cell,
 * with its axes and metrics in columns of their own; empty where a cell has no such value.
 */
public final class ResultsCsv {
  private ResultsCsv() {}

  /** The contents of the file. */
  public static String render(MatrixResults results) {
    List<CellSummary> cells = results.cells().stream().map(CellHistory::summary).toList();
    Set<String> axes = new LinkedHashSet<>();
    Set<String> metrics = new LinkedHashSet<>();
    metrics.add(results.metric());
    for (CellSummary summary : cells) {
      axes.addAll(summary.cell().axes().keySet());
      metrics.addAll(summary.metrics().keySet());
    }
    List<String> heading = new ArrayList<>(List.of("number", "id", "method"));
    heading.addAll(axes);
    heading.addAll(List.of("seed", "state", "seconds"));
    heading.addAll(metrics);
    heading.add("failure");
    StringBuilder text = new StringBuilder(line(heading));
    cells.forEach(summary -> text.append(line(values(summary, axes, metrics))));
    return text.toString();
  }

  private static List<String> values(CellSummary summary, Set<String> axes, Set<String> metrics) {
    Cell cell = summary.cell();
    List<String> values =
        new ArrayList<>(List.of(Integer.toString(cell.number()), cell.id(), cell.method()));
    axes.forEach(axis -> values.add(cell.axes().getOrDefault(axis, "")));
    values.add(Long.toString(cell.seed()));
    values.add(summary.state().label());
    values.add(Double.toString(summary.seconds()));
    Map<String, Double> measured = summary.metrics();
    metrics.forEach(
        metric ->
            values.add(measured.containsKey(metric) ? Double.toString(measured.get(metric)) : ""));
    values.add(summary.failure());
    return values;
  }

  private static String line(List<String> values) {
    return values.stream().map(ResultsCsv::field).collect(Collectors.joining(",")) + "\n";
  }

  private static String field(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
