package org.seqgan.core.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.Outcome;
import org.seqgan.core.statistics.WelchTest;

/**
 * The table of a matrix, as programs read it: every component is text, a truth value, a number, a
 * list or a map, so that any JSON mapper writes it as it is. A figure that does not exist has no
 * key; none is {@code NaN}.
 *
 * @param name the name of the matrix
 * @param metric the metric that is compared
 * @param lowerIsBetter whether a low value of it is good
 * @param baseline the method that the others are compared with
 * @param rows a row for each method and setting
 * @param anchors values to read the metrics against
 * @param warnings what a careful reviewer would ask
 * @param notes what a reader must know
 * @param how how each figure was computed
 */
public record MatrixSummary(
    String name,
    String metric,
    boolean lowerIsBetter,
    String baseline,
    List<Row> rows,
    Map<String, Double> anchors,
    List<String> warnings,
    List<String> notes,
    Map<String, String> how) {
  /** The keys of {@link Row#figures()}, in order. */
  public static final List<String> FIGURES =
      List.of(
          "seeds",
          "failed",
          "mean",
          "sd",
          "ci-low",
          "ci-high",
          "published",
          "difference",
          "difference-low",
          "difference-high",
          "t",
          "df",
          "p",
          "p-holm",
          "more-seeds",
          "paper-p-per-sequence");

  /** Copies the collections. */
  public MatrixSummary {
    rows = List.copyOf(rows);
    anchors = copy(anchors);
    warnings = List.copyOf(warnings);
    notes = List.copyOf(notes);
    how = copy(how);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A method with a setting of its axes.
   *
   * @param name the method and the axes that vary within it
   * @param method the method
   * @param axes every axis and its value
   * @param verdict {@code baseline}, {@code better}, {@code worse}, {@code undecided} or {@code not
   *     testable}
   * @param explanation what to add to the verdict; may be empty
   * @param figures by {@link #FIGURES}; those that do not exist are left out
   * @param metrics every other metric: its {@code seeds}, {@code mean} and, from two seeds on,
   *     {@code sd}
   */
  public record Row(
      String name,
      String method,
      Map<String, String> axes,
      String verdict,
      String explanation,
      Map<String, Double> figures,
      Map<String, Map<String, Double>> metrics) {
    /** Copies the maps. */
    public Row {
      axes = copy(axes);
      figures = copy(figures);
      metrics = copy(metrics);
    }

    /** A figure, where it exists. */
    public OptionalDouble figure(String key) {
      Double value = figures.get(key);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /** The summary of what a matrix has measured so far. */
  public static MatrixSummary of(MatrixResults results) {
    return of(Comparison.of(results));
  }

  static MatrixSummary of(Comparison comparison) {
    MatrixResults results = comparison.results();
    Map<String, Double> anchors = new LinkedHashMap<>(results.anchors());
    anchors.values().removeIf(value -> !Double.isFinite(value));
    return new MatrixSummary(
        results.name(),
        results.metric(),
        results.lowerIsBetter(),
        results.baseline(),
        comparison.rows().stream().map(row -> row(comparison, row)).toList(),
        anchors,
        MatrixWarnings.of(comparison),
        results.notes(),
        Explanations.of(results));
  }

  private static Row row(Comparison comparison, Comparison.Row row) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    for (String metric : comparison.otherMetrics()) {
      row.variant().estimate(metric).ifPresent(value -> metrics.put(metric, spread(value)));
    }
    return new Row(
        row.variant().name(),
        row.variant().method(),
        row.variant().axes(),
        row.verdict().label(),
        row.explanation(),
        figures(comparison.results(), row),
        metrics);
  }

  private static Map<String, Double> spread(Estimate estimate) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("seeds", (double) estimate.count());
    figures.put("mean", estimate.mean());
    estimate.deviation().ifPresent(sd -> figures.put("sd", sd));
    return figures;
  }

  private static Map<String, Double> figures(MatrixResults results, Comparison.Row row) {
    Variant variant = row.variant();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("seeds", (double) variant.done().size());
    figures.put("failed", (double) variant.inState(CellState.FAILED).size());
    row.estimate().ifPresent(estimate -> putEstimate(figures, estimate));
    Double published = results.published().get(variant.method());
    if (published != null && Double.isFinite(published)) {
      figures.put("published", published);
    }
    row.test().ifPresent(test -> putTest(figures, test));
    row.adjustedP().ifPresent(p -> figures.put("p-holm", p));
    if (row.outcome().orElse(null) instanceof Outcome.Undecided open && !open.needed().beyond()) {
      figures.put("more-seeds", (double) open.needed().more());
    }
    row.perSequence()
        .flatMap(Comparison.PaperTest::p)
        .ifPresent(p -> figures.put("paper-p-per-sequence", p));
    return figures;
  }

  private static void putEstimate(Map<String, Double> figures, Estimate estimate) {
    figures.put("mean", estimate.mean());
    estimate.deviation().ifPresent(sd -> figures.put("sd", sd));
    estimate
        .interval()
        .ifPresent(
            interval -> {
              figures.put("ci-low", interval.low());
              figures.put("ci-high", interval.high());
            });
  }

  private static void putTest(Map<String, Double> figures, WelchTest test) {
    figures.put("difference", test.difference());
    figures.put("difference-low", test.interval().low());
    figures.put("difference-high", test.interval().high());
    figures.put("t", test.t());
    figures.put("df", test.degreesOfFreedom());
    figures.put("p", test.p());
  }
}
