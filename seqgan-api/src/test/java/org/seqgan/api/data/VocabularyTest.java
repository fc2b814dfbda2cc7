package org.seqgan.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final Vocabulary FIXED = Vocabulary.fixedLength(5, 0);
  private static final Vocabulary ENDING = new Vocabulary(5, 0, OptionalInt.of(4));

  @Test
  void sequencesOfItsTokensFit() {
    assertThat(FIXED.misfit(Sequences.ofRows(new int[][] {{0, 1}, {4, 4}}))).isEmpty();
    assertThat(
            ENDING.misfit(
                Sequences.of(new int[] {1, 4, 4, 1, 2, 3, 1, 2, 4}, new int[] {2, 3, 3}, 3)))
        .isEmpty();
  }

  @Test
  void aTokenOfNoVocabularyIsNamedWithItsPlace() {
    assertThat(FIXED.misfit(Sequences.ofRows(new int[][] {{0, 1}, {2, 5}})))
        .hasValue("token 5 at position 1 of sequence 1, expected 0 to 4");
    assertThat(FIXED.misfit(Sequences.ofRows(new int[][] {{-1, 1}})))
        .hasValue("token -1 at position 0 of sequence 0, expected 0 to 4");
  }

  @Test
  void aShortSequenceNeedsTheEndToken() {
    Sequences shortOne = Sequences.of(new int[] {1, 2, 2}, new int[] {2}, 3);
    assertThat(FIXED.misfit(shortOne))
        .hasValue("sequence 0 of 2 tokens, expected all 3: there is no end token");
    assertThat(ENDING.misfit(shortOne))
        .hasValue("sequence 0 of 2 tokens whose last is 2, expected the end token 4");
  }

  @Test
  void nothingFollowsTheEndToken() {
    assertThat(ENDING.misfit(Sequences.ofRows(new int[][] {{1, 2, 3}, {1, 4, 2}})))
        .hasValue("sequence 1 of 3 tokens with the end token 4 at position 1, expected it last");
  }
}
