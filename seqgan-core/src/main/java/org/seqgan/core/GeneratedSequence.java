package org.seqgan.core;

import java.util.List;

/**
 * A sequence that a model has drawn. Immutable.
 *
 * @param tokens without padding; the end token is among them, where there is one and it was drawn
 * @param text as its task shows it
 */
public record GeneratedSequence(List<Integer> tokens, String text) {
  /** Copies the list. */
  public GeneratedSequence {
    tokens = List.copyOf(tokens);
  }
}
