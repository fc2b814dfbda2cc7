package org.seqgan.core.matrix;

/** How a cell stands. */
public enum CellState {
  /** Not started. */
  WAITING,
  /** Under way. */
  RUNNING,
  /** Ended well; its figures are final. */
  DONE,
  /** Ended with an error. */
  FAILED
}
