package org.seqgan.core.model;

import java.util.List;
import java.util.OptionalInt;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

/** Models small enough to enumerate, on the reference backend. */
public final class TinyModels implements AutoCloseable {
  private final TensorBackend backend;
  private final Vocabulary vocabulary;
  private final int time;

  public TinyModels(int vocabularySize, int time, OptionalInt endToken) {
    this(vocabularySize, time, endToken, 1 << 28);
  }

  /** With a budget for temporaries, in bytes. */
  TinyModels(int vocabularySize, int time, OptionalInt endToken, long budget) {
    this.backend = new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(budget)));
    this.vocabulary = new Vocabulary(vocabularySize, 0, endToken);
    this.time = time;
  }

  public TensorBackend backend() {
    return backend;
  }

  /** An LSTM with parameters large enough to be far from uniform. */
  public Generator generator(long seed) {
    return new AutoregressiveGenerator(
        new ModelSetting.ForGenerator(
            backend, vocabulary, time, RandomStream.of(seed), adam(0.05f), adam(0.05f)),
        new LstmModel(vocabulary.size(), 3, 4, 0.9f));
  }

  /** A CNN without dropout. */
  public Discriminator discriminator(long seed) {
    return new ClassifierDiscriminator(
        new ModelSetting.ForDiscriminator(
            backend, vocabulary, time, RandomStream.of(seed), adam(0.01f)),
        new CnnModel(vocabulary.size(), 3, List.of(1, 2, 3), List.of(4, 3, 2), 1f, 0f));
  }

  private static OptimizerOptions adam(float learningRate) {
    return new OptimizerOptions(learningRate, 0.9f, 0.999f, 1e-8f, 5f);
  }

  @Override
  public void close() {
    backend.close();
  }
}
