package org.seqgan.core.serve;

/** A request that is not served now, though nothing is wrong with it. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** As many wait as may wait. */
    FULL,
    /** It was not drawn in time. */
    LATE,
    /** Serving is coming to its end. */
    STOPPING
  }

  private final Reason reason;

  RefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
