package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link WelchTest} and {@link PerSequenceTest}. */
class WelchTestTest {
  private static WelchTest tested(TestResult result) {
    return assertThat(result).asInstanceOf(type(WelchTest.class)).actual();
  }

  private static String reason(double[] first, double[] second) {
    return assertThat(WelchTest.of(first, second))
        .asInstanceOf(type(NotTestable.class))
        .actual()
        .reason();
  }

  @Test
  void givesAnIntervalOfTheDifferenceThatEndsAtZeroWherePIsFivePercent() {
    double[] first = {1, 2, 3, 4};
    WelchTest test = tested(WelchTest.of(first, new double[] {2, 3, 5, 9}));
    assertThat(test.difference()).isEqualTo(-2.25);
    assertThat(test.interval().low()).isNegative();
    assertThat(test.interval().high()).isPositive();
    double reach = test.interval().high() - test.difference();
    double[] shifted = {2 + reach - 2.25, 3 + reach - 2.25, 5 + reach - 2.25, 9 + reach - 2.25};
    assertThat(tested(WelchTest.of(first, shifted)).p()).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void oneSeedIsNotTestable() {
    assertThat(reason(new double[] {1}, new double[] {1, 2, 3}))
        .isEqualTo("it takes 2 values of each, there are 1 and 3");
    assertThat(reason(new double[] {}, new double[] {1, 2})).contains("0 and 2");
  }

  @Test
  void samplesWithoutAnyVarianceAreNotTestable() {
    // The mean of three times 0.1 is not 0.1 in a naive sum.
    double[] constant = {0.1, 0.1, 0.1};
    assertThat(reason(constant, constant)).isEqualTo("all values are the same");
    assertThat(reason(constant, new double[] {0.2, 0.2})).contains("do not vary");
  }

  @Test
  void oneConstantSampleIsTestedAgainstOneThatVaries() {
    WelchTest test = tested(WelchTest.of(new double[] {2, 2, 2}, new double[] {1, 1.1, 0.9}));
    assertThat(test.degreesOfFreedom()).isCloseTo(2, within(1e-12));
    assertThat(test.p()).isStrictlyBetween(0.0, 0.01);
  }

  @Test
  void identicalSamplesThatVaryHaveAPOfOne() {
    double[] sample = {1, 2, 4};
    assertThat(tested(WelchTest.of(sample, sample)).p()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void valuesThatAreNoNumbersAreNotTestable(double value) {
    assertThat(reason(new double[] {1, value, 2}, new double[] {1, 2, 3}))
        .isEqualTo("a value is not a finite number");
  }

  @Test
  void thePapersTestTakesSequencesForObservations() {
    float[] first = new float[10_000];
    float[] second = new float[10_000];
    for (int i = 0; i < first.length; i++) {
      first[i] = 9 + i % 10 * 0.1f;
      second[i] = first[i] - 0.05f;
    }
    WelchTest test = tested(PerSequenceTest.of(first, second));
    assertThat(test.first().count()).isEqualTo(10_000);
    // A difference of a sixth of a deviation, nothing between two seeds, is "certain".
    assertThat(test.p()).isLessThan(1e-20);
    assertThat(PerSequenceTest.WARNING).contains("two seeds of the same method");
  }
}
