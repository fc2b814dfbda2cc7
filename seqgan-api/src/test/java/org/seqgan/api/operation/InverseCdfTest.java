package org.seqgan.api.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;

/** Probabilities 1/8, 1/2, 1/8, 1/4 in id order: CDF 1/8, 5/8, 6/8, 1. */
class InverseCdfTest {
  private static final float[] LOGITS = {0f, (float) Math.log(4), 0f, (float) Math.log(2)};

  @Test
  void drawsTheSmallestTokenWhoseCdfIsAboveU() {
    assertThat(draw(Decoding.SAMPLE, 0)).isEqualTo(0);
    assertThat(draw(Decoding.SAMPLE, 0.1249)).isEqualTo(0);
    assertThat(draw(Decoding.SAMPLE, 0.1251)).isEqualTo(1);
    assertThat(draw(Decoding.SAMPLE, 0.6249)).isEqualTo(1);
    assertThat(draw(Decoding.SAMPLE, 0.6251)).isEqualTo(2);
    assertThat(draw(Decoding.SAMPLE, 0.7501)).isEqualTo(3);
    assertThat(draw(Decoding.SAMPLE, Math.nextDown(1.0))).isEqualTo(3);
  }

  @Test
  void temperatureSharpens() {
    // At 1/2 the weights are 1, 16, 1, 4.
    Decoding decoding = Decoding.atTemperature(0.5f);
    assertThat(draw(decoding, 0.999 / 22)).isEqualTo(0);
    assertThat(draw(decoding, 1.001 / 22)).isEqualTo(1);
    assertThat(draw(decoding, 17.001 / 22)).isEqualTo(2);
    assertThat(draw(decoding, 18.001 / 22)).isEqualTo(3);
  }

  @Test
  void topKKeepsTheMostProbableAndOfEqualOnesTheSmallerId() {
    assertThat(draw(new Decoding(1f, 2, 1f), 0)).isEqualTo(1);
    assertThat(draw(new Decoding(1f, 2, 1f), 0.667)).isEqualTo(3);
    assertThat(draw(new Decoding(1f, 3, 1f), 0)).isEqualTo(0);
    assertThat(draw(new Decoding(1f, 3, 1f), 0.72)).isEqualTo(3);
  }

  @Test
  void topPKeepsTheFewestThatReachItAfterTopK() {
    assertThat(draw(new Decoding(1f, 0, 0.49f), 0.999)).isEqualTo(1);
    assertThat(draw(new Decoding(1f, 0, 0.51f), 0.999)).isEqualTo(3);
    assertThat(draw(new Decoding(1f, 0, 0.74f), 0)).isEqualTo(1);
    assertThat(draw(new Decoding(1f, 0, 0.76f), 0)).isEqualTo(0);
    // Of the two that top-k keeps, token 1 has two thirds.
    assertThat(draw(new Decoding(1f, 2, 0.66f), 0.999)).isEqualTo(1);
    assertThat(draw(new Decoding(1f, 2, 0.67f), 0.999)).isEqualTo(3);
  }

  @Test
  void readsTheRowAtItsOffset() {
    float[] rows = {9f, 0f, 0f, 0f, 0f, 0f, 0f, 9f};
    InverseCdf sampler = new InverseCdf(4, Decoding.SAMPLE);
    assertThat(sampler.draw(rows, 0, 0.5)).isEqualTo(0);
    assertThat(sampler.draw(rows, 4, 0.5)).isEqualTo(3);
  }

  private static int draw(Decoding decoding, double u) {
    return new InverseCdf(4, decoding).draw(LOGITS, 0, u);
  }
}
