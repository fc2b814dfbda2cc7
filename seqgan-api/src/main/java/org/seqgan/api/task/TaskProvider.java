package org.seqgan.api.task;

import org.seqgan.api.plugin.Provider;

/** Opens tasks. */
public interface TaskProvider<O extends Record> extends Provider<O> {
  /**
   * Loads or makes the data.
   *
   * @throws org.seqgan.api.UserException if an input is missing or malformed
   */
  Task open(TaskContext context, O options);
}
