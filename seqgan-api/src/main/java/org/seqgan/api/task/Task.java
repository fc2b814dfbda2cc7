package org.seqgan.api.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;

/**
 * A domain: its data, its vocabulary, and how a sequence is shown. Immutable once opened, but for
 * its oracle.
 */
public interface Task extends AutoCloseable {
  /** The tokens. */
  Vocabulary vocabulary();

  /** T, the largest number of tokens of a sequence. */
  int sequenceLength();

  /** The sequences to learn from. */
  Sequences training();

  /** Real sequences that are not trained on, for choosing among models. */
  Sequences validation();

  /** Real sequences that are not trained on, for reporting. */
  Sequences test();

  /**
   * The true distribution, where there is one, to be read. It belongs to the task, which frees it
   * when it is closed.
   */
  Optional<Policy> oracle();

  /** A sequence, without padding, as a person reads it. */
  String show(int[] tokens);

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

  /** The names of the metrics that matter here, the one to chart first. */
  List<String> metrics();

  /** One line each: where the data come from and how many there are; for the report. */
  List<String> provenance();

  @Override
  void close();
}
