package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a matrix found, for a report and for statistics. Immutable.
 *
 * @param name the name of the matrix
 * @param baseline the method that all others are compared with
 * @param metric the metric that is compared, such as {@code nll-oracle}
 * @param lowerIsBetter whether a lower value of that metric is the better one
 * @param cells in the order of the plan, those without a result too
 * @param anchors values that bound a metric, name to value: {@code oracle on itself} bounds the one
 *     that is compared, {@code METRIC: NAME} another
 * @param published method to published value; empty where the setting is not the published one
 * @param notes what a careful reader should know, a line each
 */
public record MatrixResults(
    String name,
    String baseline,
    String metric,
    boolean lowerIsBetter,
    List<CellHistory> cells,
    Map<String, Double> anchors,
    Map<String, Double> published,
    List<String> notes) {
  /** Copies the collections. */
  public MatrixResults {
    cells = List.copyOf(cells);
    anchors = Collections.unmodifiableMap(new LinkedHashMap<>(anchors));
    published = Collections.unmodifiableMap(new LinkedHashMap<>(published));
    notes = List.copyOf(notes);
  }
}
