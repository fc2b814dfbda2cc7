package org.seqgan.core.matrix;

import java.util.List;

/**
 * A cell with its learning curve.
 *
 * @param summary what came of it
 * @param points in the order they were measured; empty where nothing was
 */
public record CellHistory(CellSummary summary, List<Point> points) {
  /** Copies the list. */
  public CellHistory {
    points = List.copyOf(points);
  }
}
