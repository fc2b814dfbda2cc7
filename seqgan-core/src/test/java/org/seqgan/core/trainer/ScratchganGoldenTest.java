package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.core.MethodCase;
import org.seqgan.core.TestBackends;

/** Rewards, returns, baseline and losses of ScratchGAN. */
class ScratchganGoldenTest {
  private static final int TIME = 4;

  /** The second one ends after two tokens. */
  private static final int[] LENGTHS = {4, 2};

  static Stream<MethodCase> cases() {
    return MethodCase.of("scratchgan");
  }

  static Stream<String> backends() {
    return TestBackends.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rewardsReturnsBaselineAndWeights(MethodCase example) {
    Scratchgan.Credit credit =
        new Scratchgan.Rules(example.number("gamma"), example.number("baseline-decay"))
            .credit(
                example.numbers("logits"), example.integers("lengths"), example.number("baseline"));
    example.assertClose(credit.rewards(), "rewards", MethodCase.DOUBLE);
    example.assertClose(credit.returns(), "returns", MethodCase.DOUBLE);
    example.assertClose(credit.baseline(), "new-baseline", MethodCase.DOUBLE);
    example.assertClose(credit.weights(), "weights", MethodCase.DOUBLE);
  }

  @Test
  void withoutADiscountReturnsAreRewards() {
    double[] logits = {0.3, -1, 2, 0.1, -0.5, 0.7, 3, 3};
    Scratchgan.Credit credit = new Scratchgan.Rules(0, 0.5).credit(logits, LENGTHS, 0.1);
    assertThat(credit.returns()).isEqualTo(credit.rewards());
    assertThat(credit.rewards()[0]).isCloseTo(2 / (1 + Math.exp(-0.3)) - 1, offset(1e-12));
  }

  /** By hand: rewards 1/2 of all tokens but 0 after the end, gamma 1, so returns 2, 3/2, 1, ... */
  @Test
  void theBaselineIsUsedAfterItHasMoved() {
    double[] logits = new double[2 * TIME];
    Arrays.fill(logits, Math.log(3)); // sigmoid 3/4
    Scratchgan.Credit credit = new Scratchgan.Rules(1, 0.25).credit(logits, LENGTHS, 4);
    assertThat(credit.returns())
        .containsExactly(new double[] {2, 1.5, 1, 0.5, 1, 0.5, 0, 0}, offset(1e-12));
    assertThat(credit.baseline()).isCloseTo(0.25 * 4 + 0.75 * 6.5 / 6, offset(1e-12));
    assertThat(credit.weights()[0]).isCloseTo(2 - credit.baseline(), offset(1e-12));
  }

  @Test
  void whatIsSaidAfterTheEndDoesNotCount() {
    double[] logits = {0.3, -1, 2, 0.1, -0.5, 0.7, 3, 3};
    Scratchgan.Rules rules = new Scratchgan.Rules(0.9, 0.5);
    Scratchgan.Credit credit = rules.credit(logits, LENGTHS, 0.1);
    assertThat(Arrays.copyOfRange(credit.rewards(), 6, 8)).containsOnly(0);
    assertThat(Arrays.copyOfRange(credit.weights(), 6, 8)).containsOnly(0);
    logits[6] = -70;
    logits[7] = 5;
    Scratchgan.Credit other = rules.credit(logits, LENGTHS, 0.1);
    assertThat(other.returns()).isEqualTo(credit.returns());
    assertThat(other.weights()).isEqualTo(credit.weights());
    assertThat(other.baseline()).isEqualTo(credit.baseline());
  }

  /** Means over all positions of which those after the ends are 0, as sums written out. */
  @ParameterizedTest
  @MethodSource("backends")
  void theLossOfTokensIsTheirCrossEntropyAndHasNoneAfterTheEnd(String backend) {
    float[] ofReal = {0.3f, -1, 2, 0.1f, -0.5f, 0.7f, 3, 40};
    float[] ofFake = {-0.2f, 1.5f, -30, 0.4f, 2, -0.9f, -40, 3};
    Sequences batch = Sequences.of(new int[2 * TIME], LENGTHS, TIME);
    double expected = 0;
    for (int at : new int[] {0, 1, 2, 3, 4, 5}) {
      expected -= Math.log(1 / (1 + Math.exp(-ofReal[at]))) / 16;
      expected -= Math.log(1 - 1 / (1 + Math.exp(-ofFake[at]))) / 16;
    }
    try (Formula formula = new Formula(backend)) {
      formula.input("real", ofReal, ofReal.length);
      formula.input("fake", ofFake, ofFake.length);
      formula.run(
          tape ->
              Scratchgan.loss(tape, tape.parameter("real"), batch, tape.parameter("fake"), batch));
      assertThat((double) formula.value()).isCloseTo(expected, offset(1e-5));
      for (String name : List.of("real", "fake")) {
        float[] logits = name.equals("real") ? ofReal : ofFake;
        for (int at = 0; at < logits.length; at++) {
          double slope = 1 / (1 + Math.exp(-logits[at])) - (name.equals("real") ? 1 : 0);
          assertThat((double) formula.gradient(name)[at])
              .as("derivative by %s[%d]", name, at)
              .isCloseTo(at < 6 ? slope / 16 : 0, offset(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void thePenaltyIsHalfTheSquaresOfAllParameters(String backend) {
    Initializer any = new Initializer.Constant(0);
    List<ParameterSpec> parameters =
        List.of(ParameterSpec.of("a", any, 2, 2), ParameterSpec.of("b", any, 1));
    try (Formula formula = new Formula(backend)) {
      formula.input("a", new float[] {1, 2, 3, 4}, 2, 2);
      formula.input("b", new float[] {5}, 1);
      formula.run(tape -> Scratchgan.penalty(tape, parameters, 0.5f));
      assertThat(formula.value()).isEqualTo(0.25f * 55);
      assertThat(formula.gradient("a")).containsExactly(0.5f, 1, 1.5f, 2);
    }
  }
}
