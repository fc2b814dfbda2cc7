package org.seqgan.api.task;

import java.util.Map;
import java.util.Optional;

/**
 * How sequences of tokens are written for people and for other programs, and read back. A {@link
 * Task} is one; a model that travels without its data brings one along, which {@link
 * TaskProvider#notation} makes of a {@link NotationState}. Immutable and safe for several threads.
 */
public interface Notation {
  /** A sequence, without padding, as a person reads it. */
  String show(int[] tokens);

  /**
   * The tokens of a text with which a sequence is to begin, written as {@link #show} writes them;
   * no end token among them. A text without a token gives none.
   *
   * @return empty if no text is read
   * @throws org.seqgan.api.UserException (configuration) if a part of it is no token of the
   *     vocabulary; the message names it, and nothing stands in for it
   */
  default Optional<int[]> read(String beginning) {
    return Optional.empty();
  }

  /** A sequence, without padding, as a tune, where the sequences are music. */
  default Optional<Tune> tune(int[] tokens) {
    return Optional.empty();
  }

  /**
   * A sequence, without padding, as files that other programs open: file-name ending, such as
   * {@code mid}, to contents. Empty where {@link #show} says it all.
   */
  default Map<String, byte[]> files(int[] tokens) {
    return Map.of();
  }
}
