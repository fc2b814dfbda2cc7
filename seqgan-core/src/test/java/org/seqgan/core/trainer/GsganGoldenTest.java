package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Unrolled;
import org.seqgan.core.MethodCase;

/**
 * The losses of GSGAN on given scores, written out in doubles, and its temperature. Its relaxed
 * tokens are those of {@link RelganGoldenTest}, at the inverse of the temperature.
 */
class GsganGoldenTest {
  private static final OptimizerOptions ADAM =
      new OptimizerOptions(0.001f, 0.9f, 0.999f, 1e-8f, 0f);

  static Stream<Arguments> cases() {
    return Formula.onEveryBackend(MethodCase.of("relgan"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void losses(String backend, MethodCase example) {
    float[] real = example.floats("real");
    float[] fake = example.floats("fake");
    try (Formula formula = new Formula(backend)) {
      formula.input("real", real, real.length);
      formula.input("fake", fake, fake.length);
      formula.run(
          tape -> GanLoss.STANDARD.ofCritic(tape, tape.parameter("real"), tape.parameter("fake")));
      // -mean log D(x) - mean log(1 - D(y)), D the sigmoid of a score
      double loss = 0;
      for (int i = 0; i < real.length; i++) {
        loss -= (Math.log(sigmoid(real[i])) + Math.log(1 - sigmoid(fake[i]))) / real.length;
      }
      assertThat((double) formula.value()).isCloseTo(loss, within(1e-4 * Math.abs(loss)));
      for (int i = 0; i < real.length; i++) {
        assertThat((double) formula.gradient("real")[i])
            .isCloseTo((sigmoid(real[i]) - 1) / real.length, within(1e-6));
        assertThat((double) formula.gradient("fake")[i])
            .isCloseTo(sigmoid(fake[i]) / fake.length, within(1e-6));
      }
      formula.run(
          tape ->
              GanLoss.STANDARD.ofGenerator(tape, tape.parameter("real"), tape.parameter("fake")));
      // -mean log D(y), which does not saturate
      loss = 0;
      for (float score : fake) {
        loss -= Math.log(sigmoid(score)) / fake.length;
      }
      assertThat((double) formula.value()).isCloseTo(loss, within(1e-4 * Math.abs(loss)));
      for (int i = 0; i < fake.length; i++) {
        assertThat((double) formula.gradient("fake")[i])
            .isCloseTo((sigmoid(fake[i]) - 1) / fake.length, within(1e-6));
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void temperatureIsLinearInRounds() {
    Gsgan.Adversarial game = game(5);
    assertThat(Stream.of(1, 2, 3, 4, 5).map(game::temperature))
        .containsExactly(5.0, 4.0, 3.0, 2.0, 1.0);
    assertThat(game(1).temperature(1)).isEqualTo(1);
  }

  private static Gsgan.Adversarial game(int rounds) {
    return new Gsgan.Adversarial(
        ADAM, ADAM, rounds, 1, 1, 5f, 1f, Unrolled.Feedback.SOFT, GanLoss.STANDARD);
  }
}
