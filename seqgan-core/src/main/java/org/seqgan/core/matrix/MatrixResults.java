package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a matrix has measured so far.
 *
 * @param name the name of the matrix
 * @param baseline the method that the others are compared with
 * @param metric the metric that is compared, such as {@code nll-oracle}
 * @param lowerIsBetter whether a low value of it is good
 * @param cells every cell of the plan, whatever its state
 * @param anchors values to read the metric against, by name, such as {@code oracle on itself}
 * @param published the published value of each method; empty where the setting is not the paper's
 * @param notes what a reader of the results must know, a sentence each
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
