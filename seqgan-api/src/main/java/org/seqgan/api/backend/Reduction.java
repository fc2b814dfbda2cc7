package org.seqgan.api.backend;

/** How an axis is reduced. */
public enum Reduction {
  /** The sum. */
  SUM,
  /** The arithmetic mean. */
  MEAN,
  /** The largest. */
  MAX
}
