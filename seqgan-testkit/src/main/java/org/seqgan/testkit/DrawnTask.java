package org.seqgan.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;

/** Sequences of random tokens, for what looks at a task. */
record DrawnTask(TaskData data, Optional<Policy> oracle) implements Task {
  /** A task whose oracle, if it has one, has drawn it. */
  static DrawnTask of(Vocabulary vocabulary, int time, boolean hasOracle, RandomStream stream) {
    Policy policy = new UnevenPolicy(vocabulary, time);
    return new DrawnTask(
        new TaskData(
            vocabulary,
            drawn(policy, 60, stream.split("training")),
            drawn(policy, 30, stream.split("validation")),
            drawn(policy, 30, stream.split("test")),
            List.of("nll-gen"),
            List.of("random tokens")),
        hasOracle ? Optional.of(policy) : Optional.empty());
  }

  private static Sequences drawn(Policy policy, int count, RandomStream stream) {
    return policy.sample(count, Decoding.SAMPLE, stream);
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
