package org.seqgan.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private static final Sequences TWO =
      Sequences.of(new int[] {1, 2, 3, 4, 9, 9}, new int[] {3, 1}, 3);

  @Test
  void hasRowsWithoutPadding() {
    assertThat(TWO.count()).isEqualTo(2);
    assertThat(TWO.time()).isEqualTo(3);
    assertThat(TWO.row(0)).containsExactly(1, 2, 3);
    assertThat(TWO.row(1)).containsExactly(4);
    assertThat(TWO.token(0, 2)).isEqualTo(3);
    assertThat(TWO.tokenCount()).isEqualTo(4);
  }

  @Test
  void sampledSequencesEndAfterTheirFirstEndToken() {
    int[] tokens = {5, 0, 7, 1, 2, 3, 0, 0, 4, 1, 1, 0};
    Sequences sampled = Sequences.ofSampled(tokens, 3, OptionalInt.of(0));
    assertThat(sampled.lengths()).containsExactly(2, 3, 1, 3);
    assertThat(sampled.tokens()).containsExactly(5, 0, 0, 1, 2, 3, 0, 0, 0, 1, 1, 0);
  }

  @Test
  void sampledSequencesWithoutAnEndTokenHaveFullLength() {
    Sequences sampled = Sequences.ofSampled(new int[] {0, 1, 2, 0}, 2, OptionalInt.empty());
    assertThat(sampled.lengths()).containsExactly(2, 2);
    assertThat(sampled.tokens()).containsExactly(0, 1, 2, 0);
  }

  @Test
  void slicesSelectsAndJoins() {
    assertThat(TWO.slice(1, 2)).isEqualTo(Sequences.of(new int[] {4, 9, 9}, new int[] {1}, 3));
    Sequences swapped = TWO.select(new int[] {1, 0});
    assertThat(swapped.row(0)).containsExactly(4);
    assertThat(swapped.row(1)).containsExactly(1, 2, 3);
    assertThat(Sequences.concat(List.of(TWO.slice(0, 1), TWO.slice(1, 2)))).isEqualTo(TWO);
  }

  @Test
  void equalityLooksAtTokensLengthsAndTime() {
    Sequences same = Sequences.of(new int[] {1, 2, 3, 4, 9, 9}, new int[] {3, 1}, 3);
    assertThat(same).isEqualTo(TWO).hasSameHashCodeAs(TWO);
    assertThat(Sequences.of(new int[] {1, 2, 3, 4, 9, 9}, new int[] {3, 2}, 3)).isNotEqualTo(TWO);
    assertThat(Sequences.ofFullLength(new int[] {1, 2}, 2))
        .isNotEqualTo(Sequences.ofFullLength(new int[] {1, 2}, 1));
  }

  @Test
  void rejectsSizesAndLengthsThatDoNotFit() {
    assertThatThrownBy(() -> Sequences.of(new int[5], new int[] {3, 1}, 3))
        .hasMessage("tokens[5] are not 2 sequences of 3 positions");
    assertThatThrownBy(() -> Sequences.of(new int[6], new int[] {3, 0}, 3))
        .hasMessage("sequence 1 has length 0, expected 1 to 3");
    assertThatThrownBy(() -> Sequences.of(new int[6], new int[] {4, 1}, 3))
        .hasMessage("sequence 0 has length 4, expected 1 to 3");
    assertThatThrownBy(() -> Sequences.ofRows(new int[][] {{1, 2}, {1}}))
        .hasMessage("row 1 has 1 tokens, row 0 has 2");
    assertThatThrownBy(() -> Sequences.concat(List.of(TWO, Sequences.ofFullLength(new int[2], 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsOfUnequalLengthEndWithTheEndToken() {
    Sequences rows = Sequences.ofUnequalRows(List.of(new int[] {1, 2}, new int[] {3, 4, 5}), 3, 9);
    assertThat(rows.tokens()).containsExactly(1, 2, 9, 3, 4, 5);
    assertThat(rows.lengths()).containsExactly(3, 3);
    assertThat(Sequences.ofUnequalRows(List.of(new int[] {7}), 4, 9).row(0)).containsExactly(7, 9);
  }

  @Test
  void whatItsMakerLeftAfterTheEndIsNotKept() {
    int[] garbage = {1, 9, 5, -1, 9, 7, 9, 9, 1, 2, 3, 4};
    int[] before = garbage.clone();
    Sequences one = Sequences.of(garbage, new int[] {2, 1, 4}, 4);
    assertThat(one.tokens()).containsExactly(1, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 4);
    assertThat(garbage).as("the maker's array").isEqualTo(before);
    int[] clean = {1, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 4};
    Sequences other = Sequences.of(clean, new int[] {2, 1, 4}, 4);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(other.tokens()).as("not copied without need").isSameAs(clean);
  }

  @Test
  void rowsThatHoldTheEndTokenAreRejected() {
    assertThatThrownBy(
            () -> Sequences.ofUnequalRows(List.of(new int[] {1}, new int[] {2, 9, 3}), 4, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has the end token 9 at position 1");
  }

  @Test
  void rowsThatDoNotFitAreRejected() {
    assertThatThrownBy(() -> Sequences.ofUnequalRows(List.of(new int[4]), 3, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 has 4 tokens, expected 1 to 3");
    assertThatThrownBy(() -> Sequences.ofUnequalRows(List.of(), 3, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
