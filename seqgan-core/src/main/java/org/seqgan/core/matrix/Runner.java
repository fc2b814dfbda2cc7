package org.seqgan.core.matrix;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Runs cells somewhere: as processes of this machine, or on a cluster. A cell that fails costs
 * itself alone.
 */
@FunctionalInterface
public interface Runner {
  /**
   * Runs cells and returns when none of them is running any more. A cell of which an earlier
   * attempt left a run directory is resumed.
   *
   * @param cells in the order in which they should be started
   * @param listener hears of every cell, on the calling thread; {@link CellListener#ended} once for
   *     each that ended
   * @param stopRequested asked now and then; once it is true no cell is started, those that run are
   *     stopped so that they can be resumed, and {@code run} returns
   */
  void run(List<Cell> cells, CellListener listener, BooleanSupplier stopRequested);
}
