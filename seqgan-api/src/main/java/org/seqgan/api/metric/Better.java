package org.seqgan.api.metric;

/** Which way a number is better. */
public enum Better {
  /** As an error is. */
  LOWER,
  /** As a score is. */
  HIGHER,
  /** As a loss of a game is: it has no best value. */
  NEITHER
}
