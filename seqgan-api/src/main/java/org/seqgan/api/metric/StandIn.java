package org.seqgan.api.metric;

/**
 * Which real sequences may take the place of a generator's samples, so that a metric's value for
 * real data can stand beside its value for the samples.
 */
public enum StandIn {
  /** None: the metric does not look at the samples. */
  NONE,
  /**
   * The task's validation sequences, all of them: for a metric that compares the samples with
   * training or test sequences, which must not be compared with themselves.
   */
  VALIDATION,
  /**
   * The task's first training sequences, as many as there are samples or as there are at all: for a
   * metric whose value depends on the number of samples, and that does not look at the training
   * sequences otherwise.
   */
  TRAINING
}
