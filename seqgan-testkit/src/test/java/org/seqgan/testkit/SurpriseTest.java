package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.random.RandomStream;

@DisplayName("The surprise at counts")
class SurpriseTest {
  private static final double[][] DISTRIBUTIONS = {
    {0.5, 0.5}, {0.99, 0.01}, {0.2, 0.3, 0.5}, {0.001, 0.001, 0.998}, {1e-9, 0.25, 0.25, 0.5}
  };

  /** Exceeded as often as it says would be an alarm once in 50 trials; it must be no more often. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 500})
  void isABound(int draws) {
    double alarm = 0.02;
    int trials = 4000;
    RandomStream stream = RandomStream.of(draws);
    for (double[] probabilities : DISTRIBUTIONS) {
      int alarms = 0;
      for (int trial = 0; trial < trials; trial++) {
        int[] counts = drawn(draws, probabilities, stream);
        alarms += Surprise.logBound(counts, probabilities) < Math.log(alarm) ? 1 : 0;
      }
      // 80 expected at most; 80 + 4 standard deviations.
      assertThat(alarms).as("alarms in %d trials, seed %d", trials, draws).isLessThan(116);
    }
  }

  private static int[] drawn(int draws, double[] probabilities, RandomStream stream) {
    int[] counts = new int[probabilities.length];
    for (int i = 0; i < draws; i++) {
      double u = stream.nextUniform();
      int v = 0;
      while (v < counts.length - 1 && u >= probabilities[v]) {
        u -= probabilities[v++];
      }
      counts[v]++;
    }
    return counts;
  }

  /** x = 100 (0.6 ln 1.2 + 0.4 ln 0.8) = 2.0136 nats, k - 1 = 1: ln(e x) - x. */
  @Test
  void isThatOfTheFormula() {
    double x = 60 * Math.log(1.2) + 40 * Math.log(0.8);
    assertThat(Surprise.logBound(new int[] {60, 40}, new double[] {0.5, 0.5}))
        .isCloseTo(-x + 1 + Math.log(x), within(1e-12))
        .isCloseTo(-0.3137, within(1e-4));
  }

  @Test
  void isNoneAtCountsAsExpected() {
    assertThat(Surprise.logBound(new int[] {50, 50}, new double[] {0.5, 0.5})).isZero();
    assertThat(Surprise.logBound(new int[] {100, 0}, new double[] {1, 0})).isZero();
  }

  @Test
  void isWithoutBoundAtWhatCannotBeDrawn() {
    assertThat(Surprise.logBound(new int[] {99, 1}, new double[] {1, 0}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
