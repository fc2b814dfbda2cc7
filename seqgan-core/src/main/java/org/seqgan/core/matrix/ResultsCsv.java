package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.core.io.Csv;

/**
 * Results as comma-separated values (RFC 4180 but for the ends of lines): a line for each cell,
 * with its axes, metrics, what real data score beside them, and scores at temperatures in columns
 * of their own; empty where a cell has no such value.
 */
public final class ResultsCsv {
  private ResultsCsv() {}

  /** The contents of the file. */
  public static String render(MatrixResults results) {
    List<CellSummary> cells = results.cells().stream().map(CellHistory::summary).toList();
    Set<String> axes = new LinkedHashSet<>();
    Set<String> metrics = new LinkedHashSet<>();
    Set<String> real = new LinkedHashSet<>();
    Set<String> swept = new LinkedHashSet<>();
    metrics.add(results.metric());
    for (CellSummary summary : cells) {
      axes.addAll(summary.cell().axes().keySet());
      metrics.addAll(summary.metrics().keySet());
      real.addAll(summary.finalScores().comparableReal().keySet());
      swept.addAll(summary.finalScores().swept().keySet());
    }
    Columns columns = new Columns(axes, metrics, real, swept);
    StringBuilder text = new StringBuilder(line(columns.heading()));
    cells.forEach(summary -> text.append(line(columns.values(summary))));
    return text.toString();
  }

  /**
   * Which columns there are.
   *
   * @param axes of the cells
   * @param metrics of the last evaluations
   * @param real those of them that real data have beside it
   * @param swept scores at temperatures
   */
  private record Columns(
      Set<String> axes, Set<String> metrics, Set<String> real, Set<String> swept) {
    List<String> heading() {
      List<String> heading = new ArrayList<>(List.of("number", "id", "method"));
      heading.addAll(axes);
      heading.addAll(List.of("seed", "state", "seconds"));
      for (String metric : metrics) {
        heading.add(metric);
        if (real.contains(metric)) {
          heading.add(metric + " of real data");
        }
      }
      heading.addAll(swept);
      heading.add("failure");
      return heading;
    }

    List<String> values(CellSummary summary) {
      Cell cell = summary.cell();
      List<String> values =
          new ArrayList<>(List.of(Integer.toString(cell.number()), cell.id(), cell.method()));
      axes.forEach(axis -> values.add(cell.axes().getOrDefault(axis, "")));
      values.add(Long.toString(cell.seed()));
      values.add(summary.state().label());
      values.add(Double.toString(summary.seconds()));
      Map<String, Double> realScores = summary.finalScores().comparableReal();
      for (String metric : metrics) {
        values.add(number(summary.metrics(), metric));
        if (real.contains(metric)) {
          values.add(number(realScores, metric));
        }
      }
      Map<String, Double> sweep = summary.finalScores().swept();
      swept.forEach(name -> values.add(number(sweep, name)));
      values.add(summary.failure());
      return values;
    }

    private static String number(Map<String, Double> values, String name) {
      return values.containsKey(name) ? Double.toString(values.get(name)) : "";
    }
  }

  private static String line(List<String> values) {
    return Csv.record(values) + "\n";
  }
}
