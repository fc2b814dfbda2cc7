package org.seqgan.core.model;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("A Transformer, whose loss has kinks, keeps the contract of a generator")
class TransformerGeneratorContractTest extends GeneratorContract {
  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return transformer(backend, vocabulary, sequenceLength, seed, optimizer(), true);
  }

  /** Its step function reads how far it is. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.TOKENS_READ_ONCE);
  }

  static Generator transformer(
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      long seed,
      OptimizerOptions optimizer,
      boolean causal) {
    return new ModelSetting.ForGenerator(
            backend, vocabulary, sequenceLength, RandomStream.of(seed), optimizer, optimizer)
        .autoregressive(new TransformerModel(vocabulary.size(), sequenceLength, 6, 8, causal));
  }
}
