package org.seqgan.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How cost grows with size")
class ScaleResultTest {
  private static final Ceilings CEILINGS = new Ceilings(100, 10);

  private static ScalePoint point(
      ScaleAxis axis, int value, ScaleStep step, double seconds, double gigaflop) {
    Figure figure =
        new Figure(step.label(), 1, seconds, seconds, seconds, gigaflop * 1e9, gigaflop * 1e9, 1);
    return new ScalePoint(axis, value, step, 1_000, figure, CEILINGS);
  }

  @Test
  void growthIsTimePerOperationInPartsOfTheSmallestOfTheSameStep() {
    ScalePoint other = point(ScaleAxis.BATCH, 16, ScaleStep.MLE_STEP, 7, 1);
    ScalePoint sample = point(ScaleAxis.VOCABULARY, 1_000, ScaleStep.SAMPLE, 9, 1);
    ScalePoint small = point(ScaleAxis.VOCABULARY, 1_000, ScaleStep.MLE_STEP, 0.5, 10);
    ScalePoint large = point(ScaleAxis.VOCABULARY, 100_000, ScaleStep.MLE_STEP, 3, 40);
    ScaleResult result =
        new ScaleResult(
            new Computer("some", CEILINGS, 2), List.of(other, sample, small, large), List.of());
    assertThat(result.growth(small)).isEqualTo(1);
    assertThat(result.growth(large)).isCloseTo(1.5, within(1e-12));
    assertThat(result.axes()).containsExactly(ScaleAxis.BATCH, ScaleAxis.VOCABULARY);
    assertThat(result.along(ScaleAxis.VOCABULARY)).containsExactly(sample, small, large);
    assertThat(large.secondsPerToken()).isCloseTo(0.003, within(1e-12));
    assertThat(large.ofCeiling()).isCloseTo(40.0 / 3 / 100, within(1e-12));
    assertThat(large.timesTheFloor()).isCloseTo(7.5, within(1e-12));
  }

  /** Twice the threads and half the time is the same cost; the same time is twice the cost. */
  @Test
  void aThreadMoreIsPaidFor() {
    ScalePoint one = point(ScaleAxis.THREADS, 1, ScaleStep.D_STEP, 2, 1);
    ScalePoint two = point(ScaleAxis.THREADS, 2, ScaleStep.D_STEP, 1, 1);
    ScalePoint four = point(ScaleAxis.THREADS, 4, ScaleStep.D_STEP, 1, 1);
    ScaleResult result =
        new ScaleResult(new Computer("some", CEILINGS, 4), List.of(one, two, four), List.of());
    assertThat(result.growth(two)).isEqualTo(1);
    assertThat(result.growth(four)).isEqualTo(2);
  }

  @Test
  void threadsDoubleUpToAllProcessors() {
    assertThat(ScaleAxis.doublings(1)).containsExactly(1);
    assertThat(ScaleAxis.doublings(2)).containsExactly(1, 2);
    assertThat(ScaleAxis.doublings(6)).containsExactly(1, 2, 4, 6);
  }
}
