package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;

@DisplayName("What stands after the end of a sequence changes nothing")
class VariableLengthTest {
  private static final int[] LENGTHS = {2, 4, 1};
  private static final Sequences ONE =
      Sequences.of(new int[] {1, 2, 2, 2, 1, 0, 1, 2, 2, 2, 2, 2}, LENGTHS, 4);
  private static final Sequences OTHER =
      Sequences.of(new int[] {1, 2, 0, 1, 1, 0, 1, 2, 2, 1, 0, 0}, LENGTHS, 4);

  @Test
  void logProbabilitiesAreZeroThereAndEqualBefore() {
    try (TinyModels models = new TinyModels(3, 4, OptionalInt.of(2));
        Generator generator = models.generator(1)) {
      TokenValues values = generator.logProbabilities(ONE);
      assertThat(values.values())
          .containsExactly(generator.logProbabilities(OTHER).values(), within(1e-6f));
      assertThat(values.get(0, 2)).isZero();
      assertThat(values.get(2, 1)).isZero();
      assertThat(values.get(0, 1)).isNegative();
    }
  }

  @Test
  void discriminatorScoresAreEqual() {
    try (TinyModels models = new TinyModels(3, 4, OptionalInt.of(2));
        Discriminator discriminator = models.discriminator(1)) {
      assertThat(discriminator.probabilityReal(ONE))
          .containsExactly(discriminator.probabilityReal(OTHER), within(1e-6f));
    }
  }

  @Test
  void trainingStepsAreEqual() {
    try (TinyModels models = new TinyModels(3, 4, OptionalInt.of(2));
        Generator one = models.generator(1);
        Generator other = models.generator(1)) {
      TokenValues rewards = new TokenValues(3, 4, new float[] {1, 2, 9, 9, 3, 4, 5, 6, 7, 9, 9, 9});
      assertThat(one.trainPolicyGradient(ONE, rewards).loss())
          .isCloseTo(other.trainPolicyGradient(OTHER, rewards).loss(), within(1e-5));
      for (String name : one.parameters().names()) {
        assertThat(one.parameters().get(name).values())
            .as(name)
            .containsExactly(other.parameters().get(name).values(), within(1e-4f));
      }
    }
  }
}
