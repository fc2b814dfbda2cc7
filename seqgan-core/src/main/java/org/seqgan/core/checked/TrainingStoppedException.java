package org.seqgan.core.checked;

/** Ends training after a batch, because the program is told to stop. Passes through trainers. */
public final class TrainingStoppedException extends RuntimeException {
  /** Has neither a message nor a stack trace: nobody sees it. */
  public TrainingStoppedException() {
    super(null, null, false, false);
  }
}
