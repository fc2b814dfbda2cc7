package org.seqgan.core.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.core.MethodCase;

@DisplayName("The weights of MaliGAN")
final class MaliganGoldenTest {
  private static final Offset<Double> E = offset(1e-12);

  static Stream<MethodCase> cases() {
    return MethodCase.of("maligan");
  }

  private static double[] logOdds(MethodCase example) {
    double[] logits = example.numbers("logits"); // (batch, generated and real)
    double[] odds = new double[logits.length / 2];
    for (int i = 0; i < odds.length; i++) {
      odds[i] = logits[2 * i + 1] - logits[2 * i];
    }
    return odds;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areThoseOfTheReference(MethodCase example) {
    example.assertClose(MaliganReward.weights(logOdds(example), 1), "weights", MethodCase.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void addUpToZero(MethodCase example) {
    assertThat(Arrays.stream(MaliganReward.weights(logOdds(example), 1)).sum())
        .isCloseTo(0, offset(1e-12));
  }

  /** A discriminator that finds everything more real by one factor of the odds. */
  @ParameterizedTest
  @MethodSource("cases")
  void doNotDependOnWhatIsAddedToAllLogOdds(MethodCase example) {
    double[] odds = logOdds(example);
    double[] expected = MaliganReward.weights(odds, 1);
    for (double shift : new double[] {-1000, 0.7, 1000}) {
      double[] shifted = Arrays.stream(odds).map(value -> value + shift).toArray();
      assertThat(MaliganReward.weights(shifted, 1)).containsExactly(expected, offset(1e-9));
    }
  }

  @Test
  void areZeroWhereTheDiscriminatorTellsNothing() {
    assertThat(MaliganReward.weights(new double[7], 1)).containsOnly(new double[1], offset(1e-15));
  }

  /** By hand: odds of 1 and 3. */
  @Test
  void loseTheShareOfOneOverTheBatchThatHasGrown() {
    double[] odds = {0, Math.log(3)};
    assertThat(MaliganReward.weights(odds, 0)).containsExactly(new double[] {0.25, 0.75}, E);
    assertThat(MaliganReward.weights(odds, 0.5)).containsExactly(new double[] {0, 0.5}, E);
    assertThat(MaliganReward.weights(odds, 1)).containsExactly(new double[] {-0.25, 0.25}, E);
  }

  @Test
  void refuseAStateOfSomethingElse() {
    MaliganReward reward = new MaliganReward(new MaliganReward.Options(5));
    assertThatThrownBy(() -> reward.setState(new NamedArrays(Map.of())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected array 'requests' of one number");
  }
}
