package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

@DisplayName("Real sequences within a batch of the policy gradient")
class DemonstrationsTest {
  @ParameterizedTest
  @CsvSource({"0, 64, 0", "0.5, 64, 32", "0.3, 64, 19", "0.01, 64, 1", "0.9, 4, 3", "0.9, 1, 0"})
  void areTheirShareAndNeverAll(float share, int batch, int expected) {
    assertThat(new Demonstrations(share, 0.3f).of(batch)).isEqualTo(expected);
  }

  @Test
  void haveTheConstantRewardAndNothingAfterTheirEnds() {
    Sequences generated = Sequences.of(new int[] {1, 2, 3}, new int[] {3}, 3);
    Sequences real = Sequences.of(new int[] {2, 0, 0, 3, 3, 0}, new int[] {1, 2}, 3);
    TokenValues weights =
        new Demonstrations(0.6f, 0.25f)
            .after(new TokenValues(1, 3, new float[] {0.5f, -1, 2}), real);
    assertThat(weights.count()).isEqualTo(3);
    assertThat(weights.values()).containsExactly(0.5f, -1, 2, 0.25f, 0, 0, 0.25f, 0.25f, 0);
    Sequences all = Demonstrations.after(generated, real);
    assertThat(all.lengths()).containsExactly(3, 1, 2);
    assertThat(all.row(0)).containsExactly(1, 2, 3);
    assertThat(all.row(2)).containsExactly(3, 3);
  }
}
