package org.seqgan.core.matrix;

/** Hears how the cells of a matrix go on. */
public interface CellListener {
  /** A cell starts or resumes. */
  void started(Cell cell);

  /**
   * A cell starts or resumes in a process that is not of this program's making.
   *
   * @param holder that process, as a person would name it
   */
  default void startedBy(Cell cell, String holder) {
    started(cell);
  }

  /** A cell is run no more, and has no result: it was stopped, or its process is gone. */
  default void left(Cell cell) {}

  /** A cell goes on; told about once a second. */
  void progressed(Cell cell, CellProgress progress);

  /** A cell is done or has failed. */
  void ended(CellSummary summary);
}
