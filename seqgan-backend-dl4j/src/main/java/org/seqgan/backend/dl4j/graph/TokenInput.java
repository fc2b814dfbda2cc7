package org.seqgan.backend.dl4j.graph;

/** How tokens enter a graph. */
public enum TokenInput {
  /** As numbers of rows of an embedding. */
  IDS,
  /** As a one-hot vector at each position, {@code [batch, vocabulary, time]}. */
  ONE_HOT
}
