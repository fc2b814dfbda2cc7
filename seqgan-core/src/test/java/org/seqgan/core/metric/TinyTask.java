package org.seqgan.core.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;

/** A task of given sequences; its oracle is the test's own. */
record TinyTask(TaskData data, Optional<Policy> oracle) implements Task {
  TinyTask(
      Vocabulary vocabulary,
      Sequences training,
      Sequences validation,
      Sequences test,
      Optional<Policy> oracle) {
    this(
        new TaskData(vocabulary, training, validation, test, List.of("nll-gen"), List.of()),
        oracle);
  }

  /** Sequences of 4 tokens out of 5, with or without an end token 4. */
  static TinyTask of(OptionalInt end, Optional<Policy> oracle) {
    Vocabulary vocabulary = new Vocabulary(5, 0, end);
    return new TinyTask(
        vocabulary,
        Sequences.ofSampled(new int[] {1, 2, 3, 4, 1, 2, 2, 4, 3, 2, 1, 4}, 4, end),
        Sequences.ofSampled(new int[] {1, 2, 3, 4, 3, 3, 2, 4}, 4, end),
        Sequences.ofSampled(new int[] {1, 2, 1, 4, 2, 2, 3, 4}, 4, end),
        oracle);
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.toString(tokens);
  }
}
