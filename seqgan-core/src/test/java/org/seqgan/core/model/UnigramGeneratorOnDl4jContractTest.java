package org.seqgan.core.model;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator unigram keeps the contract of a generator on backend dl4j")
class UnigramGeneratorOnDl4jContractTest extends GeneratorContract {
  @Override
  protected TensorBackend openBackend() {
    return TestBackends.open("dl4j");
  }

  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new UnigramGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                vocabulary,
                sequenceLength,
                RandomStream.of(seed),
                optimizer(),
                optimizer()),
            new UnigramOptions(0.5f));
  }

  /** It counts, with the counts of before. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(
        Capability.LIKELIHOOD_GRADIENT, Capability.LIKELIHOOD_WITHOUT_READS, Capability.ON_TAPE);
  }
}
