package org.seqgan.api.task;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;

/**
 * What a task is made of. All sequences are of tokens of the vocabulary and of one number of
 * positions. Immutable.
 *
 * @param vocabulary the tokens
 * @param training the sequences to learn from, at least one
 * @param validation real sequences that are not trained on, for choosing among models
 * @param test real sequences that are not trained on, for reporting
 * @param metrics the names of the metrics that matter here, the one to chart first
 * @param provenance one line each: where the data come from and how many there are; for the report
 */
public record TaskData(
    Vocabulary vocabulary,
    Sequences training,
    Sequences validation,
    Sequences test,
    List<String> metrics,
    List<String> provenance) {
  /** Copies the lists. */
  public TaskData {
    requireNonNull(vocabulary, "vocabulary");
    requireNonNull(training, "training");
    requireNonNull(validation, "validation");
    requireNonNull(test, "test");
    metrics = List.copyOf(metrics);
    provenance = List.copyOf(provenance);
  }

  /** T, the number of positions of every sequence. */
  public int sequenceLength() {
    return training.time();
  }
}
