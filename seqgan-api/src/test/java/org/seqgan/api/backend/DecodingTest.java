package org.seqgan.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecodingTest {
  @Test
  void samplingKeepsTheWholeVocabulary() {
    assertThat(Decoding.SAMPLE.wholeVocabulary()).isTrue();
    assertThat(Decoding.atTemperature(0.5f).wholeVocabulary()).isTrue();
    assertThat(new Decoding(1f, 5, 1f).wholeVocabulary()).isFalse();
    assertThat(new Decoding(1f, 0, 0.9f).wholeVocabulary()).isFalse();
  }

  @Test
  void rejectsTemperaturesThatAreNotAboveZero() {
    for (float temperature : new float[] {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Decoding.atTemperature(temperature))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("temperature must be above 0, found " + temperature);
    }
  }

  @Test
  void rejectsANegativeTopK() {
    assertThatThrownBy(() -> new Decoding(1f, -1, 1f))
        .hasMessage("top-k must be 0 (off) or more, found -1");
  }

  @Test
  void rejectsATopPOutsideItsRange() {
    for (float topP : new float[] {0f, -0.1f, 1.1f, Float.NaN}) {
      assertThatThrownBy(() -> new Decoding(1f, 0, topP))
          .hasMessage("top-p must be above 0 and at most 1, found " + topP);
    }
  }
}
