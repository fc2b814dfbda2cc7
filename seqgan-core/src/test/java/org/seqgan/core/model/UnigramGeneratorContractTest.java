package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator unigram keeps the contract of a generator")
class UnigramGeneratorContractTest extends GeneratorContract {
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

  @Test
  void countsTokensAndNoPadding() {
    try (TensorBackend backend = openBackend();
        Generator generator = create(backend, new Vocabulary(4, 0, OptionalInt.of(3)), 3, 1)) {
      Sequences batch = Sequences.of(new int[] {1, 3, 3, 1, 2, 1}, new int[] {2, 3}, 3);
      generator.trainMaximumLikelihood(batch, 1f, RandomStream.of(1));
      TokenValues values = generator.logProbabilities(batch);
      assertThat(Math.exp(values.get(0, 0))).isCloseTo(3.5 / 7, within(1e-5));
      assertThat(Math.exp(values.get(0, 1))).isCloseTo(1.5 / 7, within(1e-5));
      assertThat(values.get(0, 2)).isZero();
    }
  }
}
