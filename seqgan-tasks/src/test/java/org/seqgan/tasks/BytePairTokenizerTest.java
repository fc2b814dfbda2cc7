package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.seqgan.api.random.RandomStream;

class BytePairTokenizerTest {
  private static final List<String> TEXTS =
      List.of("the cat sees the sea", "the dog sees the cat", "Ünter den Linden", "床前明月光，床前");
  private static final BytePairTokenizer TOKENIZER =
      BytePairTokenizer.learn(TEXTS, 300, 2, LetterCase.KEEP);

  @Test
  void tokensAreWrittenInVisibleCharacters() {
    assertThat(TOKENIZER.tokens()).hasSizeGreaterThan(256).doesNotHaveDuplicates();
    assertThat(TOKENIZER.tokens().get('a')).isEqualTo("a");
    assertThat(TOKENIZER.tokens().get(' ')).isEqualTo("Ġ");
    assertThat(TOKENIZER.tokens().get('\n')).isEqualTo("Ċ");
    assertThat(TOKENIZER.tokens().get(0xAD)).isEqualTo("Ń");
    assertThat(TOKENIZER.tokens())
        .allSatisfy(
            token ->
                assertThat(token.chars())
                    .noneMatch(Character::isWhitespace)
                    .noneMatch(Character::isISOControl));
    assertThat(TOKENIZER.tokenize("the sees the")).contains("the").endsWith("Ġthe");
  }

  @RepeatedTest(50)
  void anyTextComesBackByteForByte(RepetitionInfo repetition) {
    RandomStream stream = RandomStream.of(repetition.getCurrentRepetition());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < stream.nextInt(60); i++) {
      switch (stream.nextInt(4)) {
        case 0 -> text.append(TEXTS.get(stream.nextInt(TEXTS.size())));
        case 1 -> text.append((char) stream.nextInt(128));
        case 2 -> text.append((char) stream.nextInt(0xD800));
        default -> text.appendCodePoint(0x10000 + stream.nextInt(0x100000));
      }
    }
    List<String> tokens = TOKENIZER.tokenize(text.toString());
    assertThat(TOKENIZER.detokenize(tokens)).isEqualTo(text.toString());
    assertThat(tokens).isSubsetOf(TOKENIZER.tokens());
  }

  @Test
  void whiteSpaceIsInTokensToo() {
    assertThat(TOKENIZER.detokenize(TOKENIZER.tokenize("  a \t"))).isEqualTo("  a \t");
    assertThat(TOKENIZER.tokenizeBeginning("a ")).containsExactly("a", "Ġ");
    assertThat(TOKENIZER.tokenize("")).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreShownAsLost() {
    List<String> half = TOKENIZER.tokenize("ÿ").subList(0, 1);
    assertThat(TOKENIZER.detokenize(half)).isEqualTo("\uFFFD");
    assertThat(TOKENIZER.detokenize(List.of("a", "床"))).isEqualTo("a?");
  }

  @Test
  void aCutIsBeforeAWordOrACharacter() {
    assertThat(TOKENIZER.startsWord("Ġthe")).isTrue();
    assertThat(TOKENIZER.startsWord("the")).isFalse();
    List<String> bytes =
        new BytePairTokenizer(new BytePairs(List.of()), LetterCase.KEEP).tokenize("é");
    assertThat(bytes).hasSize(2);
    assertThat(TOKENIZER.startsCharacter(bytes.get(0))).isTrue();
    assertThat(TOKENIZER.startsCharacter(bytes.get(1))).isFalse();
  }

  @Test
  void lettersMayBecomeSmall() {
    BytePairTokenizer small = BytePairTokenizer.learn(List.of("AB ab"), 300, 2, LetterCase.LOWER);
    assertThat(small.tokenize("AB")).containsExactly("ab");
  }
}
