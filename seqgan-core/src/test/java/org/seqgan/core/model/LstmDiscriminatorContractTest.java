package org.seqgan.core.model;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("Discriminator lstm keeps the contract of a discriminator")
class LstmDiscriminatorContractTest {
  /** An LSTM, the choice of its last state and an output layer, with their gradients. */
  private static final int OPERATIONS = 29;

  @Nested
  class WithDropout extends DiscriminatorContract {
    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return lstm(backend, vocabulary, sequenceLength, seed, optimizer(), 0.75f);
    }

    @Override
    protected int mostOperations() {
      return OPERATIONS;
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
      return lstm(backend, vocabulary, sequenceLength, seed, optimizer(), 1f);
    }

    @Override
    protected int mostOperations() {
      return OPERATIONS;
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.TOKEN_SCORES);
    }
  }

  @Nested
  class OnDl4j extends DiscriminatorContract {
    @Override
    protected TensorBackend openBackend() {
      return TestBackends.open("dl4j");
    }

    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return lstm(backend, vocabulary, sequenceLength, seed, optimizer(), 0.75f);
    }

    @Override
    protected int mostOperations() {
      return OPERATIONS;
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
    }
  }

  private static Discriminator lstm(
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      long seed,
      OptimizerOptions optimizer,
      float keep) {
    return new LstmDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend, vocabulary, sequenceLength, RandomStream.of(seed), optimizer),
            new LstmDiscriminatorProvider.Options(6, 5, keep, 0.01f));
  }
}
