package org.seqgan.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreRangeTest {
  @Test
  void limitsBelongToItAndRoundingIsForgiven() {
    assertThat(ScoreRange.SHARE.contains(0)).isTrue();
    assertThat(ScoreRange.SHARE.contains(1)).isTrue();
    assertThat(ScoreRange.SHARE.contains(1.000009)).isTrue();
    assertThat(ScoreRange.SHARE.contains(-0.000009)).isTrue();
    assertThat(ScoreRange.SHARE.contains(1.00002)).isFalse();
    assertThat(ScoreRange.SHARE.contains(-0.00002)).isFalse();
    assertThat(ScoreRange.NOT_NEGATIVE.contains(1e300)).isTrue();
    assertThat(ScoreRange.AT_LEAST_ONE.contains(0.5)).isFalse();
  }

  @Test
  void noRangeHoldsWhatIsNoFiniteNumber() {
    assertThat(ScoreRange.ANY.contains(-1e300)).isTrue();
    assertThat(ScoreRange.ANY.contains(Double.NaN)).isFalse();
    assertThat(ScoreRange.ANY.contains(Double.NEGATIVE_INFINITY)).isFalse();
    assertThat(ScoreRange.NOT_NEGATIVE.contains(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void saysWhatItExpects() {
    assertThat(ScoreRange.ANY).hasToString("a finite number");
    assertThat(ScoreRange.SHARE).hasToString("a finite number from 0 to 1");
    assertThat(ScoreRange.AT_LEAST_ONE).hasToString("a finite number of at least 1");
    assertThat(new ScoreRange(Double.NEGATIVE_INFINITY, 0.5))
        .hasToString("a finite number of at most 0.5");
  }

  @Test
  void limitsAreInOrder() {
    assertThatThrownBy(() -> new ScoreRange(1, 0)).hasMessage("no score is from 1.0 to 0.0");
    assertThatThrownBy(() -> new ScoreRange(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
