package org.seqgan.core.matrix;

/** Hears how the cells of a matrix go on. */
public interface CellListener {
  /** A cell starts or resumes. */
  void started(Cell cell);

  /** A cell goes on; told about once a second. */
  void progressed(Cell cell, CellProgress progress);

  /** A cell is done or has failed. */
  void ended(CellSummary summary);
}
