package org.seqgan.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** B = 2 sequences of T = 3 tokens, N = 2 copies: rows 0-3 complete t = 1, rows 4-7 t = 2. */
class CompletionsTest {
  private static final Sequences SEQUENCES =
      Sequences.ofFullLength(new int[] {10, 11, 12, 20, 21, 22}, 3);
  private static final int[][] DRAWN = {{30, 31, 32, 33}, {40, 41, 42, 43, 44, 45, 46, 47}};

  private static Completions completions(OptionalInt endToken) {
    return new Completions(SEQUENCES, 2, DRAWN, endToken);
  }

  @Test
  void rowsAreOrderedByPrefixThenCopyThenSequence() {
    Completions completions = completions(OptionalInt.empty());
    assertThat(completions.rowCount()).isEqualTo(8);
    for (int t = 1; t <= 2; t++) {
      for (int n = 0; n < 2; n++) {
        for (int b = 0; b < 2; b++) {
          int row = ((t - 1) * 2 + n) * 2 + b;
          assertThat(completions.prefixLength(row)).as("prefix of row %d", row).isEqualTo(t);
          assertThat(completions.sequence(row)).as("sequence of row %d", row).isEqualTo(b);
        }
      }
    }
  }

  @Test
  void aRowIsItsPrefixAndWhatWasDrawnAfterIt() {
    Sequences rows = completions(OptionalInt.empty()).rows(0, 8);
    assertThat(rows.row(0)).containsExactly(10, 30, 40);
    assertThat(rows.row(1)).containsExactly(20, 31, 41);
    assertThat(rows.row(3)).containsExactly(20, 33, 43);
    assertThat(rows.row(4)).containsExactly(10, 11, 44);
    assertThat(rows.row(7)).containsExactly(20, 21, 47);
  }

  @Test
  void partsOfTheRowsAgreeWithAllOfThem() {
    Completions completions = completions(OptionalInt.of(41));
    assertThat(completions.rows(3, 6)).isEqualTo(completions.rows(0, 8).slice(3, 6));
  }

  @Test
  void eachCompletionThatDiffersIsScoredOnce() {
    // Sequence 1 ends at once: all its completions are itself. Two of sequence 0 differ.
    Sequences sequences = Sequences.of(new int[] {1, 2, 3, 9, 9, 9}, new int[] {3, 1}, 3);
    int[][] drawn = {{2, 5, 4, 6}, {3, 7, 9, 8, 3, 1, 3, 1}};
    Completions completions = new Completions(sequences, 2, drawn, OptionalInt.of(9));
    List<Sequences> scored = new ArrayList<>();
    float[] scores = completions.scores(2, part -> scoresOf(part, scored));
    assertThat(scored).extracting(Sequences::count).containsExactly(2, 1);
    assertThat(scored.get(0).row(0)).containsExactly(1, 2, 3);
    assertThat(scored.get(0).row(1)).containsExactly(1, 4, 9);
    assertThat(scored.get(1).row(0)).containsExactly(9);
    assertThat(scores).containsExactly(scoresOf(completions.rows(0, 8), new ArrayList<>()));
  }

  private static float[] scoresOf(Sequences part, List<Sequences> scored) {
    scored.add(part);
    float[] scores = new float[part.count()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Arrays.hashCode(part.row(i));
    }
    return scores;
  }

  @Test
  void completionsOfASequenceAreScoredTogetherItsShortestPrefixFirst() {
    List<Sequences> scored = new ArrayList<>();
    completions(OptionalInt.empty()).scores(100, part -> scoresOf(part, scored));
    assertThat(scored).hasSize(1);
    assertThat(scored.get(0).tokens())
        .containsExactly(
            10, 30, 40, 10, 32, 42, 10, 11, 44, 10, 11, 46, //
            20, 31, 41, 20, 33, 43, 20, 21, 45, 20, 21, 47);
  }

  @Test
  void tokensAgreeWithRows() {
    Completions completions = completions(OptionalInt.empty());
    Sequences rows = completions.rows(0, 8);
    for (int row = 0; row < 8; row++) {
      for (int t = 0; t < 3; t++) {
        assertThat(completions.token(row, t)).isEqualTo(rows.token(row, t));
      }
    }
  }

  @Test
  void aRowEndsAfterItsFirstEndToken() {
    Sequences rows = completions(OptionalInt.of(31)).rows(0, 8);
    assertThat(rows.row(1)).containsExactly(20, 31);
    assertThat(rows.token(1, 2)).isEqualTo(31);
    assertThat(rows.length(0)).isEqualTo(3);
  }

  @Test
  void rejectsTokensThatDoNotFit() {
    assertThatThrownBy(() -> new Completions(SEQUENCES, 0, DRAWN, OptionalInt.empty()))
        .hasMessage("completions need at least 1 copy and the tokens of 2 steps, found 0 and 2");
    assertThatThrownBy(
            () -> new Completions(SEQUENCES, 2, new int[][] {{1, 2, 3}, {}}, OptionalInt.empty()))
        .hasMessage("step 1 has 3 tokens, expected 4");
  }
}
