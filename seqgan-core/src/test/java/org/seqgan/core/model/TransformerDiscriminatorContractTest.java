package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("Discriminator transformer keeps the contract of a discriminator")
class TransformerDiscriminatorContractTest {
  /** Two blocks of two norms, an attention and six layers, with their gradients. */
  private static final int OPERATIONS = 112;

  @Nested
  class WithDropout extends DiscriminatorContract {
    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return transformer(backend, vocabulary, sequenceLength, seed, optimizer(), 0.75f);
    }

    @Override
    protected int mostOperations() {
      return OPERATIONS;
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.ANY_LENGTH, Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
    }
  }

  @Nested
  class WithoutDropout extends DiscriminatorContract {
    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return transformer(backend, vocabulary, sequenceLength, seed, optimizer(), 1f);
    }

    @Override
    protected int mostOperations() {
      return OPERATIONS;
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.ANY_LENGTH, Capability.TOKEN_SCORES);
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
      return transformer(backend, vocabulary, sequenceLength, seed, optimizer(), 0.75f);
    }

    @Override
    protected int mostOperations() {
      return OPERATIONS;
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.ANY_LENGTH, Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
    }
  }

  @Test
  void headsDivideTheWidth() {
    assertThatThrownBy(() -> new TransformerDiscriminatorProvider.Options(8, 3, 1, 8, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heads must divide width; found 3 heads and a width of 8");
  }

  private static Discriminator transformer(
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      long seed,
      OptimizerOptions optimizer,
      float keep) {
    return new TransformerDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend, vocabulary, sequenceLength, RandomStream.of(seed), optimizer),
            new TransformerDiscriminatorProvider.Options(8, 2, 2, 12, keep, 0.01f));
  }
}
