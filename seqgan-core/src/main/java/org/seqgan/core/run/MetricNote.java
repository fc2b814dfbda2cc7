package org.seqgan.core.run;

/**
 * What a reader has to know about a metric before believing it.
 *
 * @param name the name it is measured under
 * @param better which way is better
 * @param how how it is computed: on how many sequences, against which references, in which unit
 */
public record MetricNote(String name, Better better, String how) {
  /** Which way a metric is better. */
  public enum Better {
    /** As an error is. */
    LOWER,
    /** As a score is. */
    HIGHER,
    /** As a loss of a game is: it has no best value. */
    NEITHER
  }
}
