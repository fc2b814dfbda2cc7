package org.seqgan.core.matrix;

import java.util.function.BooleanSupplier;

/**
 * Runs cells somewhere: in this process, or in others of this machine. A cell that fails costs
 * itself alone.
 */
@FunctionalInterface
public interface Runner {
  /**
   * Takes cells until every one has ended, here or elsewhere. A cell of which an earlier attempt
   * left a run directory is resumed.
   *
   * @param queue where they come from
   * @param listener hears of every cell, on the calling thread; {@link CellListener#ended} once for
   *     each that ended
   * @param stopRequested asked now and then; once it is true no cell is taken, those that run are
   *     stopped so that they can be resumed, and {@code run} returns
   */
  void run(CellQueue queue, CellListener listener, BooleanSupplier stopRequested);
}
