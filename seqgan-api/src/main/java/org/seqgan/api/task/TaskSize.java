package org.seqgan.api.task;

import org.seqgan.api.data.Vocabulary;

/**
 * How large a task is. Whoever is to hold it, and models of it, can tell beforehand whether there
 * is room.
 *
 * @param vocabulary its tokens
 * @param sequenceLength T
 * @param trainingSequences to learn from
 * @param sequences all of them
 * @param parameters of models that it has itself, such as an oracle
 */
public record TaskSize(
    Vocabulary vocabulary,
    int sequenceLength,
    long trainingSequences,
    long sequences,
    long parameters) {
  /** Of a task that is open; what its own models take is taken already. */
  public static TaskSize of(Task task) {
    long training = task.data().training().count();
    return new TaskSize(
        task.data().vocabulary(),
        task.data().sequenceLength(),
        training,
        training + task.data().validation().count() + task.data().test().count(),
        0);
  }
}
