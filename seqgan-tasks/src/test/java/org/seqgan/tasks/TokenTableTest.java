package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;

class TokenTableTest {
  private static final List<List<String>> TRAINING =
      List.of(List.of("b", "a", "c"), List.of("b", "a"), List.of("b", "\uFF01", "\uD840\uDC00"));

  @Test
  void frequentTokensComeFirstAndEqualOnesByCodePoint() {
    TokenTable table = TokenTable.ofVariableLength(TokenCounts.of(TRAINING), 1, 100);
    assertThat(tokens(table))
        .containsExactly("<end>", "<unk>", "b", "a", "c", "\uFF01", "\uD840\uDC00");
    assertThat(table.vocabulary()).isEqualTo(new Vocabulary(7, 0, OptionalInt.of(0)));
  }

  @Test
  void rareTokensAreUnknownAndCounted() {
    TokenTable table = TokenTable.ofVariableLength(TokenCounts.of(TRAINING), 2, 100);
    Sequences encoded = table.encode(TRAINING, 4);
    assertThat(tokens(table)).containsExactly("<end>", "<unk>", "b", "a");
    assertThat(encoded.row(0)).containsExactly(2, 3, 1, 0);
    assertThat(encoded.row(1)).containsExactly(2, 3, 0);
    assertThat(table.unknown(encoded)).isEqualTo(3);
  }

  @Test
  void theLargestSizeCountsSpecialTokens() {
    assertThat(tokens(TokenTable.ofVariableLength(TokenCounts.of(TRAINING), 1, 3)))
        .containsExactly("<end>", "<unk>", "b");
  }

  @Test
  void anUnknownTokenOfTheCorpusIsTheUnknownOne() {
    TokenTable table =
        TokenTable.ofVariableLength(
            TokenCounts.of(List.of(List.of("<unk>", "<unk>", "a"))), 1, 100);
    assertThat(tokens(table)).containsExactly("<end>", "<unk>", "a");
    assertThat(table.encode(List.of("<unk>", "a", "z"))).containsExactly(1, 2, 1);
  }

  @Test
  void aSpecialTokenCannotBeSpeltInTheData() {
    TokenTable table =
        TokenTable.ofVariableLength(TokenCounts.of(List.of(List.of("a", "b"))), 1, 100);
    assertThat(table.encode(List.of("<end>"))).containsExactly(TokenTable.UNKNOWN_ID);
  }

  @Test
  void aSequenceEndsAtItsEndToken() {
    TokenTable table = TokenTable.ofVariableLength(TokenCounts.of(TRAINING), 1, 100);
    assertThat(table.decode(new int[] {2, 3, 0})).containsExactly("b", "a");
    assertThat(table.decode(new int[] {0})).isEmpty();
    assertThat(table.decode(new int[] {1, 2})).containsExactly("<unk>", "b");
  }

  @Test
  void aTableOfFixedLengthHasTokensAlone() {
    TokenTable table = TokenTable.ofFixedLength(TokenCounts.of(TRAINING));
    assertThat(tokens(table)).containsExactly("b", "a", "c", "\uFF01", "\uD840\uDC00");
    assertThat(table.vocabulary()).isEqualTo(Vocabulary.fixedLength(5, 0));
    Sequences encoded = table.encode(List.of(List.of("b", "c"), List.of("a", "b")), 2);
    assertThat(encoded).isEqualTo(Sequences.ofRows(new int[][] {{0, 2}, {1, 0}}));
    assertThat(table.decode(new int[] {0, 2})).containsExactly("b", "c");
    assertThat(table.unknown(encoded)).isZero();
  }

  @Test
  void aTableOfFixedLengthKnowsNoOtherToken() {
    TokenTable table = TokenTable.ofFixedLength(TokenCounts.of(TRAINING));
    assertThatThrownBy(() -> table.encode(List.of("z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'z' is not in the table");
  }

  @Test
  void tooFewTokensAreAnError() {
    assertThatThrownBy(() -> TokenTable.ofVariableLength(TokenCounts.of(TRAINING), 9, 100))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none of the 5 different tokens")
        .hasMessageContaining("9 times");
    assertThatThrownBy(() -> TokenTable.ofFixedLength(TokenCounts.of(List.of(List.of("a", "a")))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 different tokens, expected at least 2");
  }

  @Test
  void countsSayHowOften() {
    TokenCounts counts = TokenCounts.of(TRAINING);
    assertThat(counts.total()).isEqualTo(8);
    assertThat(counts.distinct()).isEqualTo(5);
    assertThat(counts.of("b")).isEqualTo(3);
    assertThat(counts.of("z")).isZero();
  }

  private static List<String> tokens(TokenTable table) {
    return IntStream.range(0, table.size()).mapToObj(table::token).toList();
  }

  @Test
  void aBeginningBecomesNoUnknownToken() {
    TokenTable variable = TokenTable.ofVariableLength(TokenCounts.of(TRAINING), 1, 100);
    assertThat(variable.encodeKnown(List.of("a", "b"))).containsExactly(3, 2);
    assertThat(variable.encodeKnown(List.of("<unk>"))).containsExactly(1);
    assertThatThrownBy(() -> variable.encodeKnown(List.of("a", "z")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("token 2, 'z', is not in the vocabulary of 7; expected");
    TokenTable fixed = TokenTable.ofFixedLength(TokenCounts.of(TRAINING));
    assertThat(fixed.encodeKnown(List.of("a", "b"))).containsExactly(1, 0);
    assertThatThrownBy(() -> fixed.encodeKnown(List.of("<unk>")))
        .hasMessageContaining("token 1, '<unk>', is not in the vocabulary of 5; expected");
  }
}
