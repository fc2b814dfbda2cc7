package org.seqgan.api.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Known answers of philox4x32-10 from Random123's own tests (kat_vectors). */
class PhiloxTest {
  @Test
  void givesTheKnownAnswerForZeros() {
    assertThat(block(0L, 0L, 0L)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void givesTheKnownAnswerForOnes() {
    assertThat(block(-1L, -1L, -1L))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void givesTheKnownAnswerForTheDigitsOfPi() {
    long counterLow = 0x85a308d3_243f6a88L;
    long counterHigh = 0x03707344_13198a2eL;
    long key = 0x299f31d0_a4093822L;
    assertThat(block(key, counterLow, counterHigh))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void aShortCounterHasZerosAbove() {
    int[] words = new int[4];
    Philox.block(17L, 42L, words);
    assertThat(words).isEqualTo(block(17L, 42L, 0L));
  }

  @Test
  void aWordBecomesItsUpper24Bits() {
    assertThat(Philox.toUniform(0)).isZero();
    assertThat(Philox.toUniform(0xFF)).isZero();
    assertThat(Philox.toUniform(0x100)).isEqualTo(0x1p-24f);
    assertThat(Philox.toUniform(0x80000000)).isEqualTo(0.5f);
    assertThat(Philox.toUniform(-1)).isEqualTo(1 - 0x1p-24f).isLessThan(1f);
  }

  private static int[] block(long key, long counterLow, long counterHigh) {
    int[] words = new int[4];
    Philox.block(key, counterLow, counterHigh, words);
    return words;
  }
}
