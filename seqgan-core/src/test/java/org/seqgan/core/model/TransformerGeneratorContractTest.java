package org.seqgan.core.model;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator transformer, whose loss has kinks, keeps the contract of a generator")
class TransformerGeneratorContractTest extends GeneratorContract {
  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new TransformerGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                vocabulary,
                sequenceLength,
                RandomStream.of(seed),
                optimizer(),
                optimizer()),
            new TransformerOptions(6, 2, 2, 5, 1f, 0.5f));
  }
}
