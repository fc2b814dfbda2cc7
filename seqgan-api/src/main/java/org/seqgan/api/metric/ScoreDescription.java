package org.seqgan.api.metric;

/**
 * What a reader has to know of a score before believing it.
 *
 * @param identity what it is, and what makes it comparable
 * @param better which way it is better
 * @param how one line: how it is computed, on how many sequences, in which unit
 */
public record ScoreDescription(ScoreIdentity identity, Better better, String how) {
  /** The score's name. */
  public String name() {
    return identity.metric();
  }
}
