package org.seqgan.core.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class Sha256Test {
  /** The example of FIPS 180-2, B.1. */
  @Test
  void isTheStandards() {
    assertThat(Sha256.of("abc".getBytes(US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  /**
   * More numbers than are taken at once, and a number of them that does not fill the last piece.
   */
  @Test
  void numbersAreFourBytesEachTheHighestFirst() {
    int[] first = {1, -2};
    int[] second = IntStream.range(0, 40_001).map(i -> i * 1_000_003).toArray();
    ByteBuffer all = ByteBuffer.allocate(1 + Integer.BYTES * (first.length + second.length));
    all.put((byte) 7).putInt(1).putInt(-2);
    for (int number : second) {
      all.putInt(number);
    }
    assertThat(Sha256.of(new byte[] {7}, first, second)).isEqualTo(Sha256.of(all.array()));
  }
}
