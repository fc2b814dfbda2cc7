package org.seqgan.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenValuesTest {
  private static final Sequences ENDED =
      Sequences.of(new int[] {1, 9, 9, 2, 3, 4}, new int[] {2, 3}, 3);

  @Test
  void valuesAfterTheEndBecomeZero() {
    float[] given = {1, 2, Float.NaN, 3, 4, 5};
    TokenValues ended = new TokenValues(2, 3, given).upToTheEnds(ENDED);
    assertThat(ended.values()).containsExactly(1, 2, 0, 3, 4, 5);
    assertThat(ended.sum()).isEqualTo(15);
    assertThat(given[2]).as("the given array").isNaN();
  }

  @Test
  void valuesThatEndInTimeStayTheSameObject() {
    TokenValues values = new TokenValues(2, 3, new float[] {1, 2, 0, 3, 4, 5});
    assertThat(values.upToTheEnds(ENDED)).isSameAs(values);
  }

  @Test
  void valuesOfOtherSequencesAreRejected() {
    assertThatThrownBy(() -> new TokenValues(3, 2, new float[6]).upToTheEnds(ENDED))
        .hasMessage("values of tokens are [3, 2], the sequences [2, 3]");
  }
}
