package org.seqgan.core.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** {@link Fences}, and {@link Clip} at its edges. */
class FencesTest {
  @Test
  void lieOneAndAHalfInterquartileRangesOutsideTheQuartiles() {
    // Quartiles of 1 to 9 are 3 and 7.
    Fences fences = Fences.of(DoubleStream.of(9, 1, 8, 2, 7, 3, 6, 4, 5, Double.NaN));
    assertThat(fences).isEqualTo(new Fences(3 - 1.5 * 4, 7 + 1.5 * 4));
    assertThat(fences.hold(13)).isTrue();
    assertThat(fences.hold(13.1)).isFalse();
    assertThat(Fences.of(DoubleStream.of(5.1, 5.2, 5.0, 5.1, 2.9)).hold(2.9)).isFalse();
  }

  @Test
  void ofFewerThanFiveNothingIsOutside() {
    assertThat(Fences.of(DoubleStream.of(1, 1, 1, 1e9))).isEqualTo(Fences.NONE);
    assertThat(Fences.of(DoubleStream.empty()).hold(-1e9)).isTrue();
  }

  @Test
  void whereTheMiddleHalfIsOneValueNothingIsOutside() {
    assertThat(Fences.of(DoubleStream.of(1, 1, 1, 1, 1, 1.1))).isEqualTo(Fences.NONE);
  }

  @Test
  void aLineIsCutWhereItLeaves() {
    Clip clip = new Clip(0, 0, 10, 10);
    assertThat(clip.line(new Clip.Place(0, 5), new Clip.Place(10, 15)))
        .isEqualTo("M0.0,5.0L5.0,10.0");
    assertThat(clip.line(new Clip.Place(2, 3), new Clip.Place(4, 5))).isEqualTo("M2.0,3.0L4.0,5.0");
    assertThat(clip.line(new Clip.Place(2, -3), new Clip.Place(9, -1))).isEmpty();
    assertThat(clip.nearest(new Clip.Place(-4, 12))).isEqualTo(new Clip.Place(0, 10));
  }
}
