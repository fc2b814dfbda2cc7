package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The slope of a function")
class SlopeTest {
  private static final double ROUNDING = 0x1p-24;

  private static Slope slope(DoubleUnaryOperator f, double scale) {
    return Slope.of(f, f.applyAsDouble(0), ROUNDING, 0.125, scale);
  }

  /** d/dt exp(3 sin t + 0.1) at 0 = 3 exp(0.1) = 3.31551. */
  @Test
  void isTheDerivativeThoughValuesAreRoundedToFloat32() {
    DoubleUnaryOperator f = t -> (float) Math.exp(3 * Math.sin(t) + 0.1);
    Slope slope = slope(f, 3);
    assertThat(slope.smooth()).isTrue();
    assertThat(slope.value()).isCloseTo(3.31551, within(slope.error()));
    assertThat(slope.error()).isLessThan(0.01);
  }

  @Test
  void doesNotMindAKinkThatIsNotNear() {
    DoubleUnaryOperator f = t -> (float) (2 * t + Math.max(0, t - 0.02));
    Slope slope = slope(f, 2);
    assertThat(slope.smooth()).isTrue();
    assertThat(slope.value()).isCloseTo(2, within(0.01));
  }

  /** Central differences of max(0, t) are 1/2 at any step, which is the slope on neither side. */
  @Test
  void isNotSmoothAtAKink() {
    assertThat(slope(t -> Math.max(0, t), 1).smooth()).isFalse();
    assertThat(slope(Math::abs, 1).smooth()).isFalse();
  }

  @Test
  void isNotSmoothNearAKink() {
    for (double at = 1e-5; at < 1e-4; at += 1e-5) {
      double kink = at;
      DoubleUnaryOperator f = t -> (float) (1 + t + Math.max(0, t - kink));
      Slope slope = slope(f, 1);
      assertThat(!slope.smooth() || Math.abs(slope.value() - 1) < 2 * slope.error())
          .as("smooth with the right slope, or not smooth, with a kink at %s: %s", kink, slope)
          .isTrue();
    }
  }

  @Test
  void isNotSmoothWhereTheFunctionIsNotTheSameEachTime() {
    double[] calls = {0};
    assertThat(slope(t -> t + 0.01 * Math.sin(calls[0]++), 1).smooth()).isFalse();
  }

  @Test
  void isZeroOfAConstant() {
    Slope slope = slope(t -> 1.25, 0);
    assertThat(slope.smooth()).isTrue();
    assertThat(slope.value()).isZero();
  }

  @Test
  void isNotSmoothWhereTheFunctionHasNoValue() {
    assertThat(slope(t -> Double.NaN, 1).smooth()).isFalse();
  }
}
