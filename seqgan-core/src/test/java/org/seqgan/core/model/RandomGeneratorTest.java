package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator random keeps the contract of a generator, and learns nothing")
class RandomGeneratorTest extends GeneratorContract {
  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new RandomGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                vocabulary,
                sequenceLength,
                RandomStream.of(seed),
                optimizer(),
                optimizer()),
            new RandomGeneratorProvider.Options());
  }

  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.LEARNS, Capability.ON_TAPE);
  }

  @Test
  void drawsEveryTokenAsOften() {
    try (TensorBackend backend = openBackend();
        Generator generator = ofFiveTokens(backend)) {
      Sequences samples = generator.sample(5000, Decoding.SAMPLE, RandomStream.of(2));
      int[] counts = new int[5];
      for (int token : samples.tokens()) {
        counts[token]++;
      }
      for (int count : counts) {
        assertThat(count).as("of 20000 tokens, seed 2").isBetween(4000 - 240, 4000 + 240);
      }
    }
  }

  @Test
  void measuresTheLossOfUniformDraws() {
    try (TensorBackend backend = openBackend();
        Generator generator = ofFiveTokens(backend)) {
      Sequences batch = Sequences.ofFullLength(new int[] {1, 1, 1, 1}, 4);
      Step likelihood = generator.trainMaximumLikelihood(batch, 1f, RandomStream.of(3));
      Step policy =
          generator.trainPolicyGradient(batch, new TokenValues(1, 4, new float[] {1, 0, 0.5f, 0}));
      assertThat(likelihood.loss()).isCloseTo(Math.log(5), within(1e-12));
      assertThat(policy.loss()).isCloseTo(1.5 * Math.log(5), within(1e-9));
      assertThat(generator.logProbabilities(batch).get(0, 0))
          .isCloseTo((float) -Math.log(5), within(1e-5f));
    }
  }

  @Test
  void measuresNothingAfterTheEnd() {
    try (TensorBackend backend = openBackend();
        Generator generator = ofFiveTokens(backend)) {
      Sequences batch = Sequences.of(new int[] {1, 4, 4, 4}, new int[] {2}, 4);
      TokenValues rewards = new TokenValues(1, 4, new float[] {1, 0.5f, 7, Float.NaN});
      assertThat(generator.trainPolicyGradient(batch, rewards).loss())
          .isCloseTo(1.5 * Math.log(5), within(1e-9));
    }
  }

  private Generator ofFiveTokens(TensorBackend backend) {
    return create(backend, Vocabulary.fixedLength(5, 0), 4, 1);
  }
}
