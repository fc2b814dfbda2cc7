package org.seqgan.core.model;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.seqgan.TestBackends;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.random.RandomStream;
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
    return new CnnDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend, vocabulary, sequenceLength, RandomStream.of(seed), optimizer()),
            new CnnOptions(6, List.of(1, 2, 3), List.of(6, 4, 4), 0.75f, 0.01f));
  }

  /** It has dropout, and judges whole sequences. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
  }
}
