package org.seqgan.api.task;

/**
 * Reads one file of a user's as a task reads its data. Got from {@link TaskProvider#reader}, which
 * knows the file.
 *
 * @param <O> the task's options
 */
@FunctionalInterface
public interface DataReader<O extends Record> {
  /**
   * Reads the file.
   *
   * @param options of the task. The one that names the data names this file, where the task has
   *     such an option
   * @return what is in the file; nothing, and why, if nothing in it can be read
   * @throws org.seqgan.api.UserException (data) if the file cannot be read at all
   */
  FileContents read(O options);
}
