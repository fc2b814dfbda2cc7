package org.seqgan.core.model;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator lstm keeps the contract of a generator on backend dl4j")
class LstmGeneratorOnDl4jContractTest extends GeneratorContract {
  @Override
  protected TensorBackend openBackend() {
    return TestBackends.open("dl4j");
  }

  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new LstmGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                vocabulary,
                sequenceLength,
                RandomStream.of(seed),
                optimizer(),
                optimizer()),
            new LstmOptions(4, 5, 0.5f));
  }
}
