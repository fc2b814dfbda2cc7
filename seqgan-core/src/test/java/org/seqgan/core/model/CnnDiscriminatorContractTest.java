package org.seqgan.core.model;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("Discriminator cnn keeps the contract of a discriminator")
class CnnDiscriminatorContractTest {
  @Nested
  class WithDropout extends DiscriminatorContract {
    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return cnn(backend, vocabulary, sequenceLength, seed, optimizer(), 0.75f);
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
    }
  }

  @Nested
  class WithoutDropout extends DiscriminatorContract {
    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return cnn(backend, vocabulary, sequenceLength, seed, optimizer(), 1f);
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.TOKEN_SCORES);
    }
  }

  static Discriminator cnn(
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      long seed,
      OptimizerOptions optimizer,
      float keep) {
    return new CnnDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend, vocabulary, sequenceLength, RandomStream.of(seed), optimizer),
            new CnnOptions(6, List.of(1, 2, 3), List.of(6, 4, 4), keep, 0.01f));
  }
}
