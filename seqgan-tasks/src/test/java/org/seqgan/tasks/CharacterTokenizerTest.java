package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharacterTokenizerTest {
  private static final Tokenizer CHARACTERS = new CharacterTokenizer(LetterCase.KEEP);

  @Test
  void eachCharacterIsAToken() {
    assertThat(CHARACTERS.tokenize("Ab, c")).containsExactly("A", "b", ",", " ", "c");
  }

  @Test
  void charactersOfTheRarePlanesAreNotCut() {
    assertThat(CHARACTERS.tokenize("山\uD840\uDC00水")).containsExactly("山", "\uD840\uDC00", "水");
  }

  @Test
  void marksStayOnTheirLetter() {
    assertThat(CHARACTERS.tokenize("e\u0301x\u0323")).containsExactly("é", "x\u0323");
  }

  @Test
  void whiteSpaceIsOneSpaceAndNotAtTheEnds() {
    assertThat(CHARACTERS.tokenize(" a\t \u00A0b ")).containsExactly("a", " ", "b");
  }

  @Test
  void lettersMayBecomeSmall() {
    assertThat(new CharacterTokenizer(LetterCase.LOWER).tokenize("AÉ")).containsExactly("a", "é");
  }

  @Test
  void tokensAreJoined() {
    assertThat(CHARACTERS.detokenize(List.of("A", "b", " ", "c"))).isEqualTo("Ab c");
  }

  @Test
  void aBeginningKeepsTheSpaceAtItsEnd() {
    assertThat(CHARACTERS.tokenizeBeginning(" a b \t")).containsExactly("a", " ", "b", " ");
    assertThat(CHARACTERS.tokenizeBeginning("ab\u00A0\u00AD")).containsExactly("a", "b", " ");
    assertThat(CHARACTERS.tokenizeBeginning("ab")).containsExactly("a", "b");
    assertThat(CHARACTERS.tokenizeBeginning("  ")).isEmpty();
  }
}
