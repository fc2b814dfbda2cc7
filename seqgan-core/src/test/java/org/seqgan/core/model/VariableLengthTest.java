package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

@DisplayName("What stands after the end of a sequence changes nothing, not one bit")
class VariableLengthTest {
  private static final int[] LENGTHS = {2, 4, 1};
  private static final Sequences ONE =
      Sequences.of(new int[] {1, 2, 2, 2, 1, 0, 1, 2, 2, 2, 2, 2}, LENGTHS, 4);
  private static final Sequences OTHER =
      Sequences.of(new int[] {1, 2, 0, 1, 1, 0, 1, 2, 2, -1, 7, 0}, LENGTHS, 4);

  private static TinyModels models() {
    return new TinyModels(3, 4, OptionalInt.of(2));
  }

  @Test
  void logProbabilitiesAreZeroThereAndEqualBefore() {
    try (TinyModels models = models();
        Generator generator = models.generator(1)) {
      TokenValues values = generator.logProbabilities(ONE);
      assertThat(generator.logProbabilities(OTHER).values()).isEqualTo(values.values());
      assertThat(values.get(0, 2)).isZero();
      assertThat(values.get(2, 1)).isZero();
      assertThat(values.get(0, 1)).isNegative();
    }
  }

  @Test
  void discriminatorScoresAndStepsAreEqual() {
    boolean[] real = {true, false, true};
    try (TinyModels models = models();
        Discriminator one = models.discriminator(1);
        Discriminator other = models.discriminator(1)) {
      assertThat(other.probabilityReal(OTHER)).isEqualTo(one.probabilityReal(ONE));
      Step step = one.train(ONE, real, RandomStream.of(2));
      assertThat(other.train(OTHER, real, RandomStream.of(2))).isEqualTo(step);
      assertSame(one.parameters(), other.parameters());
    }
  }

  @Test
  void generatorStepsAreEqual() {
    TokenValues some = new TokenValues(3, 4, new float[] {1, 2, 9, 9, 3, 4, 5, 6, 7, 9, 9, 9});
    TokenValues others =
        new TokenValues(3, 4, new float[] {1, 2, 0, 8, 3, 4, 5, 6, 7, Float.NaN, 0, 1});
    try (TinyModels models = models();
        Generator one = models.generator(1);
        Generator other = models.generator(1)) {
      Step policy = one.trainPolicyGradient(ONE, some);
      assertThat(other.trainPolicyGradient(OTHER, others)).isEqualTo(policy);
      for (float truth : new float[] {1f, 0.5f}) {
        Step likelihood = one.trainMaximumLikelihood(ONE, truth, RandomStream.of(3));
        assertThat(other.trainMaximumLikelihood(OTHER, truth, RandomStream.of(3)))
            .as("truth %s", truth)
            .isEqualTo(likelihood);
      }
      assertSame(one.parameters(), other.parameters());
    }
  }

  private static void assertSame(NamedArrays one, NamedArrays other) {
    for (String name : one.names()) {
      assertThat(other.get(name).values()).as(name).isEqualTo(one.get(name).values());
    }
  }
}
