package org.seqgan.api.task;

import java.util.Optional;
import org.seqgan.api.generator.Policy;

/**
 * A domain: its data, and how a sequence is shown. A record of {@link TaskData} and of what {@link
 * #show} needs will do. Immutable once opened, but for its oracle.
 */
public interface Task extends Notation, AutoCloseable {
  /** Its vocabulary and sequences, and what is to be said of them; the same each time. */
  TaskData data();

  /**
   * What {@link TaskProvider#notation} makes the same notation of, where there are no data.
   *
   * @return empty if the task cannot do without its data; no model of it can be put into one file
   *     then
   */
  default Optional<NotationState> notationState() {
    return Optional.empty();
  }

  /**
   * Under which licence its data are, and where that is written, in one line; empty where nobody
   * has said so, as of a user's own files.
   */
  default Optional<String> licence() {
    return Optional.empty();
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
