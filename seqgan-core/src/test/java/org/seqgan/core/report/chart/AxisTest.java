package org.seqgan.core.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link Axis}. */
class AxisTest {
  @Test
  void putsTicksAtRoundNumbersAroundTheRange() {
    Axis axis = Axis.covering(8.73, 10.6, 5);
    assertThat(axis.ticks().stream().map(axis::label))
        .containsExactly("8.5", "9.0", "9.5", "10.0", "10.5", "11.0");
  }

  @Test
  void givesASingleValueRoom() {
    Axis axis = Axis.covering(3, 3, 4);
    assertThat(axis.fraction(3)).isStrictlyBetween(0.2, 0.8);
    assertThat(Axis.covering(0, 0, 4).fraction(0)).isEqualTo(0.5);
  }

  @Test
  void labelsTicksWithAsManyDecimalsAsTheyNeed() {
    assertThat(new Axis(0, 1, 0.05).label(0.15000000000000002)).isEqualTo("0.15");
    assertThat(new Axis(0, 100, 20).label(40)).isEqualTo("40");
    assertThat(new Axis(0, 1e-6, 2e-7).label(4e-7)).isEqualTo("4.0e-07");
  }

  @Test
  void stepsAreOneTwoOrFiveTimesAPowerOfTen() {
    assertThat(Axis.step(0.3)).isEqualTo(0.5);
    assertThat(Axis.step(1)).isEqualTo(1);
    assertThat(Axis.step(1.1)).isEqualTo(2);
    assertThat(Axis.step(60)).isEqualTo(100);
  }
}
