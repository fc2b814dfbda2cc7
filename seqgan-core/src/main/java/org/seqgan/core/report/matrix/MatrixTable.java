package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seqgan.core.io.Csv;
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
    heading.addAll(Arrays.stream(Figure.values()).map(Figure::key).toList());
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
    for (Figure figure : Figure.values()) {
      fields.add(exact(row.figure(figure)));
    }
    for (String other : metrics) {
      for (Figure figure : List.of(Figure.MEAN, Figure.SD)) {
        fields.add(exact(figure(row, other, figure)));
      }
    }
    return fields;
  }

  private static OptionalDouble figure(MatrixSummary.Row row, String metric, Figure figure) {
    Double value = row.metrics().getOrDefault(metric, Map.of()).get(figure);
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
    return Csv.record(fields) + "\n";
  }

  /** The tables in columns, with the warnings below, ending in a newline. */
  public static String text(MatrixResults results) {
    MatrixSummary summary = MatrixSummary.of(results);
    StringBuilder out = new StringBuilder();
    out.append(
        table(results, summary, summary.metric(), summary.rows(), !results.published().isEmpty()));
    for (String metric : results.further()) {
      List<MatrixSummary.Row> rows = summary.further(metric).orElseThrow().rows();
      out.append('\n').append(table(results, summary, metric, rows, false));
    }
    summary.warnings().forEach(warning -> out.append("\nwarning: ").append(warning));
    return summary.warnings().isEmpty() ? out.toString() : out.append('\n').toString();
  }

  private static String table(
      MatrixResults results,
      MatrixSummary summary,
      String metric,
      List<MatrixSummary.Row> rows,
      boolean published) {
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("method", "seeds", metric, "sd"));
    heading.add("95% interval");
    if (published) {
      heading.add("published");
    }
    heading.addAll(List.of("p", "p (Holm)", "paper's p", "against " + summary.baseline()));
    lines.add(heading);
    rows.forEach(row -> lines.add(cells(row, published)));
    Optional<String> real = real(results, summary, metric);
    if (real.isPresent()) {
      List<String> line = new ArrayList<>(List.of("real data", ABSENT, real.get()));
      while (line.size() < heading.size()) {
        line.add(line.size() < heading.size() - 1 ? ABSENT : "");
      }
      lines.add(line);
    }
    return String.join("\n", Columns.align(lines)) + "\n";
  }

  /** What real data score: one value, or where cells differ the least and the largest. */
  private static Optional<String> real(
      MatrixResults results, MatrixSummary summary, String metric) {
    return Optional.ofNullable(summary.real().get(metric))
        .map(NumberFormats::format)
        .or(
            () ->
                results
                    .realRange(metric)
                    .map(
                        range ->
                            NumberFormats.format(range.low())
                                + " to "
                                + NumberFormats.format(range.high())));
  }

  private static List<String> cells(MatrixSummary.Row row, boolean published) {
    List<String> cells = new ArrayList<>();
    cells.add(row.name());
    cells.add(exact(row.figure(Figure.SEEDS)));
    cells.add(number(row.figure(Figure.MEAN)));
    cells.add(number(row.figure(Figure.SD)));
    cells.add(interval(row));
    if (published) {
      cells.add(number(row.figure(Figure.PUBLISHED)));
    }
    for (Figure figure : List.of(Figure.P, Figure.P_HOLM, Figure.PAPER_P_PER_SEQUENCE)) {
      OptionalDouble p = row.figure(figure);
      cells.add(p.isPresent() ? NumberFormats.probability(p.getAsDouble()) : ABSENT);
    }
    cells.add(row.verdict() + (row.explanation().isEmpty() ? "" : ": " + row.explanation()));
    return cells;
  }

  private static String interval(MatrixSummary.Row row) {
    return row.figure(Figure.CI_LOW).isEmpty()
        ? ABSENT
        : number(row.figure(Figure.CI_LOW)) + " to " + number(row.figure(Figure.CI_HIGH));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? NumberFormats.format(value.getAsDouble()) : ABSENT;
  }
}
