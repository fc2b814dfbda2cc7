package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a cell.
 *
 * @param cell the cell
 * @param state how it stands
 * @param failure why it failed, in a line; empty where it did not
 * @param seconds wall-clock time so far
 * @param metrics the figures at the end of the run, by name; may hold {@code NaN}
 * @param perSequence figures of each generated sequence
 */
public record CellSummary(
    Cell cell,
    CellState state,
    String failure,
    double seconds,
    Map<String, Double> metrics,
    List<PerSequence> perSequence) {
  /** Copies the collections. */
  public CellSummary {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    perSequence = List.copyOf(perSequence);
  }
}
