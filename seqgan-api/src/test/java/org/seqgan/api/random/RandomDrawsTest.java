package org.seqgan.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RandomDrawsTest {
  @Test
  void numberIComesFromTheWordAtItsCounter() {
    RandomDraws draws = new RandomDraws(7, 6, 3, 3);
    int[] words = new int[4];
    Philox.block(7, 1, words);
    assertThat(draws.uniform(0)).isEqualTo(Philox.toUniform(words[2]));
    Philox.block(7, 2, words);
    assertThat(draws.uniform(1)).isEqualTo(Philox.toUniform(words[1]));
    Philox.block(7, 3, words);
    assertThat(draws.uniform(2)).isEqualTo(Philox.toUniform(words[0]));
  }

  @Test
  void fillGivesTheSameNumbersOneByOne() {
    for (int stride : new int[] {1, 2, 3, 4, 5, 20}) {
      // In the middle of the blocks, the counter of a block outgrows 32 bits.
      RandomDraws draws = new RandomDraws(-5, (1L << 34) - 1_001, stride, 2_001);
      float[] filled = new float[2_005];
      draws.fill(filled, 4);
      for (int i = 0; i < draws.count(); i++) {
        assertThat(filled[4 + i]).as("stride %d, %d", stride, i).isEqualTo(draws.uniform(i));
      }
      assertThat(filled).startsWith(0f, 0f, 0f, 0f);
    }
  }

  @Test
  void aSliceIsTheSameNumbers() {
    RandomDraws draws = new RandomDraws(3, 11, 7, 50);
    RandomDraws slice = draws.slice(13, 40);
    assertThat(slice.count()).isEqualTo(27);
    for (int i = 0; i < slice.count(); i++) {
      assertThat(slice.uniform(i)).isEqualTo(draws.uniform(13 + i));
    }
  }

  @Test
  void rejectsRangesThatAreNone() {
    assertThatThrownBy(() -> new RandomDraws(0, -1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found -1, 1, 1");
    assertThatThrownBy(() -> new RandomDraws(0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    RandomDraws draws = new RandomDraws(0, 0, 1, 5);
    assertThatThrownBy(() -> draws.uniform(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> draws.slice(3, 6)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
