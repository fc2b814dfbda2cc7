package org.seqgan.tasks.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/** Sequences that an oracle has drawn, and the oracle. */
final class OracleTask implements Task {
  private final Generator oracle;
  private final Vocabulary vocabulary;
  private final OracleOptions options;
  private final String origin;
  private final Sequences training;
  private final Sequences validation;
  private final Sequences test;

  private OracleTask(
      Generator oracle,
      Vocabulary vocabulary,
      OracleOptions options,
      String origin,
      RandomStream stream) {
    this.oracle = oracle;
    this.vocabulary = vocabulary;
    this.options = options;
    this.origin = origin;
    training = draw(oracle, options.trainingSequences(), stream.split("training"));
    validation = draw(oracle, options.validationSequences(), stream.split("validation"));
    test = draw(oracle, options.testSequences(), stream.split("test"));
  }

  /**
   * Draws the sequences.
   *
   * @param oracle belongs to the task from now on; it is closed if drawing fails
   * @param origin a line that says where the oracle comes from
   */
  static OracleTask sample(
      Generator oracle,
      Vocabulary vocabulary,
      OracleOptions options,
      String origin,
      RandomStream stream) {
    boolean opened = false;
    try {
      OracleTask task = new OracleTask(oracle, vocabulary, options, origin, stream);
      opened = true;
      return task;
    } finally {
      if (!opened) {
        oracle.close();
      }
    }
  }

  private static Sequences draw(Generator oracle, int count, RandomStream stream) {
    return oracle.sample(count, Decoding.SAMPLE, stream);
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int sequenceLength() {
    return options.sequenceLength();
  }

  @Override
  public Sequences training() {
    return training;
  }

  @Override
  public Sequences validation() {
    return validation;
  }

  @Override
  public Sequences test() {
    return test;
  }

  @Override
  public Optional<Policy> oracle() {
    return Optional.of(oracle);
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  @Override
  public List<String> metrics() {
    return List.of("nll-oracle", "nll-gen");
  }

  @Override
  public List<String> provenance() {
    return List.of(
        origin,
        "oracle: "
            + options.vocabularySize()
            + " tokens, embedding "
            + options.embeddingSize()
            + ", hidden "
            + options.hiddenSize()
            + ", start token "
            + options.startToken(),
        "sampled from the oracle: "
            + training.count()
            + " training, "
            + validation.count()
            + " validation and "
            + test.count()
            + " test sequences of "
            + options.sequenceLength()
            + " tokens");
  }

  @Override
  public void close() {
    oracle.close();
  }
}
