package org.seqgan.core.matrix;

import java.util.List;

/**
 * A cell with its learning curve.
 *
 * @param summary what it came to
 * @param points its figures in the order they were measured; empty where it never ran
 */
public record CellHistory(CellSummary summary, List<Point> points) {
  /** Copies the list. */
  public CellHistory {
    points = List.copyOf(points);
  }
}
