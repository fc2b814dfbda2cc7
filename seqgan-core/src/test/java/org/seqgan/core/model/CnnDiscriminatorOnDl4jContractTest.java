package org.seqgan.core.model;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.core.TestBackends;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("Discriminator cnn keeps the contract of a discriminator on backend dl4j")
class CnnDiscriminatorOnDl4jContractTest extends DiscriminatorContract {
  @Override
  protected TensorBackend openBackend() {
    return TestBackends.open("dl4j");
  }

  @Override
  protected Discriminator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return CnnDiscriminatorContractTest.cnn(
        backend, vocabulary, sequenceLength, seed, optimizer(), 0.75f);
  }

  /** It has dropout, and judges whole sequences. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
  }
}
