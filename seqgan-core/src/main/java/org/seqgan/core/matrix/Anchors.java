package org.seqgan.core.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/** Values of NLL_oracle between which every generator lies, in nats per token. */
final class Anchors {
  /** The metric that they bound. */
  static final String NLL_ORACLE = "nll-oracle";

  private static final int MOST_SEQUENCES = 10_000;

  private Anchors() {}

  /**
   * What the oracle says of its own sequences, of tokens drawn one by one with the frequencies of
   * the training data, and of uniform tokens. Empty for a task without an oracle.
   */
  static Map<String, Double> of(Task task, RandomStream stream) {
    Map<String, Double> anchors = new LinkedHashMap<>();
    task.oracle()
        .ifPresent(
            oracle -> {
              anchors.put("oracle on itself", nll(oracle, task.data().test()));
              anchors.put("unigram", nll(oracle, unigram(task, stream.split("unigram"))));
              anchors.put("uniform", nll(oracle, uniform(task, stream.split("uniform"))));
            });
    return anchors;
  }

  private static double nll(Policy oracle, Sequences sequences) {
    return -oracle.logProbabilities(sequences).sum() / sequences.tokenCount();
  }

  /** A token of the training data at random is a token drawn by its frequency. */
  private static Sequences unigram(Task task, RandomStream stream) {
    Sequences data = task.data().training();
    int[] tokens = new int[Sequences.size(count(task), task.data().sequenceLength())];
    for (int i = 0; i < tokens.length; i++) {
      int row = stream.nextInt(data.count());
      tokens[i] = data.token(row, stream.nextInt(data.length(row)));
    }
    return Sequences.ofFullLength(tokens, task.data().sequenceLength());
  }

  private static Sequences uniform(Task task, RandomStream stream) {
    int[] tokens = new int[Sequences.size(count(task), task.data().sequenceLength())];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = stream.nextInt(task.data().vocabulary().size());
    }
    return Sequences.ofFullLength(tokens, task.data().sequenceLength());
  }

  private static int count(Task task) {
    return Math.min(MOST_SEQUENCES, task.data().test().count());
  }
}
