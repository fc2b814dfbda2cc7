package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.core.MethodCase;

/** Rewards and weights of JSDGAN. */
final class JsdganGoldenTest {
  static Stream<MethodCase> cases() {
    return MethodCase.of("jsdgan");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rewardsWeightsAndLoss(MethodCase example) {
    double[] logPi = example.numbers("log-likelihoods");
    Jsdgan.Weights weights = Jsdgan.Weights.of(logPi, Jsdgan.Scale.EXACT);
    example.assertClose(weights.rewards(), "rewards", MethodCase.DOUBLE);
    example.assertClose(weights.values(), "weights", MethodCase.DOUBLE);
    double loss = 0;
    for (int i = 0; i < logPi.length; i++) {
      loss += weights.values()[i] * logPi[i];
    }
    example.assertClose(loss, "loss", MethodCase.DOUBLE);
  }

  /** The gradient is the same but for one factor, and does not underflow. */
  @ParameterizedTest
  @MethodSource("cases")
  void relativeWeightsAreInTheRatiosOfTheExactOnes(MethodCase example) {
    double[] logPi = example.numbers("log-likelihoods");
    double[] exact = Jsdgan.Weights.of(logPi, Jsdgan.Scale.EXACT).values();
    double[] relative = Jsdgan.Weights.of(logPi, Jsdgan.Scale.RELATIVE).values();
    for (int i = 1; i < logPi.length; i++) {
      assertThat(relative[i] / relative[0]).isCloseTo(exact[i] / exact[0], withinPercentage(1e-9));
    }
  }

  @Test
  void unlikelySequencesHaveWeights() {
    double[] logPi = {-2000, -2001, -2003};
    assertThat(Jsdgan.Weights.of(logPi, Jsdgan.Scale.EXACT).values()).containsOnly(-0.0);
    assertThat(Jsdgan.Weights.of(logPi, Jsdgan.Scale.RELATIVE).values()[0]).isLessThan(-1000);
  }

  /** By hand: pi moved to (0, 1) is 1e-10, 1/2, 1; p is 1/3. */
  @Test
  void releasedWeightsAreThoseOfTheBatchMovedToZeroToOne() {
    double[] logPi = {Math.log(0.1), Math.log(0.2), Math.log(0.3)};
    Jsdgan.Weights weights = Jsdgan.Weights.of(logPi, Jsdgan.Scale.RELEASED);
    assertThat(weights.rewards()[1]).isCloseTo(Math.log(0.5 / (0.5 + 1 / 3.0)), offset(1e-12));
    assertThat(weights.values()[2]).isCloseTo(Math.log(1 / (1 + 1 / 3.0)), offset(1e-12));
    assertThat(weights.values()[0]).isNegative().isGreaterThan(-1e-8);
  }
}
