package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.terminal.Columns;

/** The tables of a matrix as plain text: for files, and for a terminal. */
public final class MatrixTable {
  private static final String ABSENT = "-";

  private MatrixTable() {}

  /**
   * The contents of {@code summary.csv} (RFC 4180, with {@code \n}): a line for each method and
   * setting, then the same by each further metric, numbers with every digit, an empty field for a
   * figure that does not exist.
   */
  public static String csv(MatrixResults results) {
    MatrixSummary summary = MatrixSummary.of(results);
    List<String> axes =
        summary.rows().stream().flatMap(row -> row.axes().keySet().stream()).distinct().toList();
    List<String> metrics =
        summary.rows().stream().flatMap(row -> row.metrics().keySet().stream()).distinct().toList();
    List<String> heading = new ArrayList<>(List.of("name", "method"));
    heading.addAll(axes);
    heading.addAll(List.of("metric", "verdict", "explanation"));
    heading.addAll(MatrixSummary.FIGURES);
    metrics.forEach(metric -> heading.addAll(List.of(metric + " mean", metric + " sd")));
    StringBuilder out = new StringBuilder(line(heading));
    summary.rows().forEach(row -> out.append(line(fields(summary.metric(), row, axes, metrics))));
    for (MatrixSummary.Further further : summary.further()) {
      further.rows().forEach(row -> out.append(line(fields(further.metric(), row, axes, metrics))));
    }
    return out.toString();
  }

  private static List<String> fields(
      String metric, MatrixSummary.Row row, List<String> axes, List<String> metrics) {
    List<String> fields = new ArrayList<>(List.of(row.name(), row.method()));
    axes.forEach(axis -> fields.add(row.axes().getOrDefault(axis, "")));
    fields.addAll(List.of(metric, row.verdict(), row.explanation()));
    MatrixSummary.FIGURES.forEach(key -> fields.add(exact(row.figure(key))));
    for (String other : metrics) {
      for (String key : List.of("mean", "sd")) {
        fields.add(exact(figure(row, other, key)));
      }
    }
    return fields;
  }

  private static OptionalDouble figure(MatrixSummary.Row row, String metric, String key) {
    Double value = row.metrics().containsKey(metric) ? row.metrics().get(metric).get(key) : null;
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String exact(OptionalDouble value) {
    if (value.isEmpty()) {
      return "";
    }
    double number = value.getAsDouble();
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static String line(List<String> fields) {
    return fields.stream().map(MatrixTable::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** The tables in columns, with the warnings below, ending in a newline. */
  public static String text(MatrixResults results) {
    MatrixSummary summary = MatrixSummary.of(results);
    StringBuilder out = new StringBuilder();
    out.append(table(summary, summary.metric(), summary.rows(), !results.published().isEmpty()));
    for (String metric : results.further()) {
      List<MatrixSummary.Row> rows = summary.further(metric).orElseThrow().rows();
      out.append('\n').append(table(summary, metric, rows, false));
    }
    summary.warnings().forEach(warning -> out.append("\nwarning: ").append(warning));
    return summary.warnings().isEmpty() ? out.toString() : out.append('\n').toString();
  }

  private static String table(
      MatrixSummary summary, String metric, List<MatrixSummary.Row> rows, boolean published) {
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("method", "seeds", metric, "sd"));
    heading.add("95% interval");
    if (published) {
      heading.add("published");
    }
    heading.addAll(List.of("p", "p (Holm)", "paper's p", "against " + summary.baseline()));
    lines.add(heading);
    rows.forEach(row -> lines.add(cells(row, published)));
    Double real = summary.real().get(metric);
    if (real != null) {
      List<String> line = new ArrayList<>(List.of("real data", ABSENT, NumberFormats.format(real)));
      while (line.size() < heading.size()) {
        line.add(line.size() < heading.size() - 1 ? ABSENT : "");
      }
      lines.add(line);
    }
    return String.join("\n", Columns.align(lines)) + "\n";
  }

  private static List<String> cells(MatrixSummary.Row row, boolean published) {
    List<String> cells = new ArrayList<>();
    cells.add(row.name());
    cells.add(exact(row.figure("seeds")));
    cells.add(number(row.figure("mean")));
    cells.add(number(row.figure("sd")));
    cells.add(interval(row));
    if (published) {
      cells.add(number(row.figure("published")));
    }
    for (String key : List.of("p", "p-holm", "paper-p-per-sequence")) {
      OptionalDouble p = row.figure(key);
      cells.add(p.isPresent() ? NumberFormats.probability(p.getAsDouble()) : ABSENT);
    }
    cells.add(row.verdict() + (row.explanation().isEmpty() ? "" : ": " + row.explanation()));
    return cells;
  }

  private static String interval(MatrixSummary.Row row) {
    return row.figure("ci-low").isEmpty()
        ? ABSENT
        : number(row.figure("ci-low")) + " to " + number(row.figure("ci-high"));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? NumberFormats.format(value.getAsDouble()) : ABSENT;
  }
}
