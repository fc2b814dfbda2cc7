package org.seqgan.core.workbench;

import java.util.Locale;

/** How a run stands, as who looks at it from outside can tell. */
public enum RunState {
  /** A process writes it. */
  RUNNING,
  /** Every step of its plan is done. */
  FINISHED,
  /** It was stopped, and can be resumed. */
  INTERRUPTED,
  /** An error ended it. */
  FAILED,
  /** Its status says that it runs, and no process writes it: that one was killed. */
  KILLED,
  /** Its directory cannot be read. */
  BROKEN;

  /** The name in files and on screens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
