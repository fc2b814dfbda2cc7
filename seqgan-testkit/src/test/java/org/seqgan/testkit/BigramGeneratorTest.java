package org.seqgan.testkit;

import java.util.Set;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;

class BigramGeneratorTest extends GeneratorContract {
  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new BigramGenerator(backend, vocabulary, sequenceLength, optimizer().settings(), seed);
  }

  /** It reads its loss, and each token. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(
        Capability.LIKELIHOOD_WITHOUT_READS,
        Capability.POLICY_GRADIENT_WITHOUT_READS,
        Capability.TOKENS_READ_ONCE);
  }
}
