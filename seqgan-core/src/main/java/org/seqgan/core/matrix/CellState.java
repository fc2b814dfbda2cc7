package org.seqgan.core.matrix;

import java.util.Locale;

/** How a cell stands. */
public enum CellState {
  /** It has not been run to its end; it may have been started and stopped. */
  WAITING,
  /** It is being run. */
  RUNNING,
  /** It has a result. */
  DONE,
  /** It ended with an error. */
  FAILED;

  /** The name in files and on screens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
