package org.seqgan.core.model;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator relational-memory keeps the contract of a generator")
class RelationalMemoryGeneratorContractTest extends GeneratorContract {
  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new RelationalMemoryGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                vocabulary,
                sequenceLength,
                RandomStream.of(seed),
                optimizer(),
                optimizer()),
            new RelationalMemoryOptions(4, 2, 2, 3));
  }
}
