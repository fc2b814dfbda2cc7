package org.seqgan.tasks.oracle;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;

/**
 * Sequences that an oracle has drawn, and the oracle.
 *
 * @param licence of the oracle's parameters, where it is known
 */
record OracleTask(TaskData data, Generator model, Optional<String> licence) implements Task {
  private static final List<String> METRICS = List.of("nll-oracle", "nll-gen");

  /**
   * Draws the sequences.
   *
   * @param model the oracle; belongs to the task from now on and is closed if drawing fails
   * @param origin a line that says where the oracle comes from
   * @param licence of its parameters, where it is known
   */
  static OracleTask sample(
      Generator model,
      Vocabulary vocabulary,
      OracleOptions options,
      String origin,
      Optional<String> licence,
      RandomStream stream) {
    boolean opened = false;
    try {
      Sequences training = draw(model, options.trainingSequences(), stream.split("training"));
      Sequences validation = draw(model, options.validationSequences(), stream.split("validation"));
      Sequences test = draw(model, options.testSequences(), stream.split("test"));
      List<String> provenance =
          List.of(
              origin,
              "oracle: %d tokens, embedding %d, hidden %d, start token %d"
                  .formatted(
                      options.vocabularySize(),
                      options.embeddingSize(),
                      options.hiddenSize(),
                      options.startToken()),
              "sampled from the oracle: %d training, %d validation and %d test sequences of %d tokens"
                  .formatted(
                      training.count(),
                      validation.count(),
                      test.count(),
                      options.sequenceLength()));
      TaskData data = new TaskData(vocabulary, training, validation, test, METRICS, provenance);
      opened = true;
      return new OracleTask(data, model, licence);
    } finally {
      if (!opened) {
        model.close();
      }
    }
  }

  private static Sequences draw(Policy oracle, int count, RandomStream stream) {
    return oracle.sample(count, Decoding.SAMPLE, stream);
  }

  @Override
  public Optional<Policy> oracle() {
    return Optional.of(model);
  }

  private OracleNotation notation() {
    return new OracleNotation(data.vocabulary().size());
  }

  @Override
  public String show(int[] tokens) {
    return notation().show(tokens);
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return notation().read(beginning);
  }

  @Override
  public Optional<NotationState> notationState() {
    return Optional.of(notation().state());
  }

  @Override
  public void close() {
    model.close();
  }
}
