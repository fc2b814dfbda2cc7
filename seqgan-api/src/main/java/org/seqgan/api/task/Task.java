package org.seqgan.api.task;

import java.util.Map;
import java.util.Optional;
import org.seqgan.api.generator.Policy;

/**
 * A domain: its data, and how a sequence is shown. A record of {@link TaskData} and of what {@link
 * #show} needs will do. Immutable once opened, but for its oracle.
 */
public interface Task extends AutoCloseable {
  /** Its vocabulary and sequences, and what is to be said of them; the same each time. */
  TaskData data();

  /** A sequence, without padding, as a person reads it. */
  String show(int[] tokens);

  /**
   * The tokens of a text with which a sequence is to begin, written as {@link #show} writes them;
   * no end token among them. A text without a token gives none.
   *
   * @return empty if the task reads no text
   * @throws org.seqgan.api.UserException (configuration) if a part of it is no token of the
   *     vocabulary; the message names it, and nothing stands in for it
   */
  default Optional<int[]> read(String beginning) {
    return Optional.empty();
  }

  /** A sequence, without padding, as a tune, where the task's sequences are music. */
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

  /**
   * The true distribution, where there is one, to be read. It belongs to the task, which frees it
   * when it is closed.
   */
  default Optional<Policy> oracle() {
    return Optional.empty();
  }

  /** Frees what it holds beside its data, such as an oracle. */
  @Override
  default void close() {}
}
