package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** {@link Estimate}. */
class EstimateTest {
  @Test
  void dividesBySampleSizeLessOneAndTakesStudentsQuantile() {
    Estimate estimate = Estimate.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(estimate.mean()).isEqualTo(5);
    assertThat(estimate.deviation().orElseThrow()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
    // t(0.975, 7) = 2.364624, from a printed table.
    double reach = 2.364624 * Math.sqrt(32.0 / 7 / 8);
    Interval interval = estimate.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(5 - reach, within(1e-5));
    assertThat(interval.high()).isCloseTo(5 + reach, within(1e-5));
  }

  @Test
  void oneValueHasNoDeviationAndNoInterval() {
    Estimate estimate = Estimate.of(8.7);
    assertThat(estimate.deviation()).isEmpty();
    assertThat(estimate.interval()).isEmpty();
  }

  @Test
  void equalValuesHaveExactlyNoDeviation() {
    Estimate estimate = Estimate.of(0.1, 0.1, 0.1);
    assertThat(estimate.mean()).isEqualTo(0.1);
    assertThat(estimate.deviation()).hasValue(0);
    assertThat(estimate.interval()).hasValue(new Interval(0.1, 0.1));
  }

  @Test
  void refusesNothingAndWhatIsNoNumber() {
    assertThatIllegalArgumentException().isThrownBy(Estimate::of);
    assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(1, Double.NaN));
  }
}
