package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.BytePairTokenizer;
import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;

class CutterTest {
  private static final Tokenizer WORDS = new WordTokenizer(LetterCase.KEEP);
  private static final Tokenizer CHARACTERS = new CharacterTokenizer(LetterCase.KEEP);

  @Test
  void aCutComesAfterTheLastSentenceThatFits() {
    assertThat(cut(WORDS, 6, "We came. We saw. We won it all.", " "))
        .containsExactly("We came . We saw .", "We won it all .");
    assertThat(cut(WORDS, 8, "\"We came.\" And then we all went home again.", " "))
        .containsExactly("“ We came . ”", "And then we all went home again .");
  }

  @Test
  void aSentenceThatEndsEarlyDoesNotMakeAShortSequence() {
    assertThat(cut(WORDS, 6, "No. We have not seen any of it yet", " "))
        .containsExactly("No . We have not seen", "any of it yet");
  }

  @Test
  void otherScriptsEndSentencesWithTheirOwnMarks() {
    assertThat(cut(CHARACTERS, 5, "山高。水長。天遠", "")).containsExactly("山高。", "水長。天遠");
    assertThat(cut(WORDS, 4, "वह आया। वह गया।", " ")).containsExactly("वह आया ।", "वह गया ।");
  }

  @Test
  void charactersAreCutAtASpaceWhichBelongsToNoSequence() {
    assertThat(cut(CHARACTERS, 8, "early birds sing", ""))
        .containsExactly("early", "birds", "sing");
    assertThat(cut(CHARACTERS, 5, "unbreakable", "")).containsExactly("unbre", "akabl", "e");
    assertThat(cut(CHARACTERS, 1, "a b", "")).containsExactly("a", "b");
  }

  @Test
  void bytesAreCutBeforeAWordOrBetweenCharacters() {
    Tokenizer bytes = BytePairTokenizer.learn(List.of(), 256, 2, LetterCase.KEEP);
    assertThat(joined(bytes, cut(bytes, 8, "early birds sing", "")))
        .containsExactly("early", " birds", " sing");
    assertThat(joined(bytes, cut(bytes, 4, "床前明月", ""))).containsExactly("床", "前", "明", "月");
    assertThat(joined(bytes, cut(bytes, 7, "a床前明月光", ""))).containsExactly("a床前", "明月", "光");
    assertThat(cut(bytes, 2, "床", "")).hasSize(2);
  }

  private static List<String> joined(Tokenizer tokenizer, List<String> pieces) {
    return pieces.stream()
        .map(
            piece ->
                tokenizer.detokenize(piece.codePoints().mapToObj(Character::toString).toList()))
        .toList();
  }

  @RepeatedTest(20)
  void noTokenButASpaceIsLostOrTooMuch() {
    long seed = System.nanoTime();
    RandomStream stream = RandomStream.of(seed);
    int longest = 1 + stream.nextInt(12);
    String text =
        IntStream.range(0, 1 + stream.nextInt(200))
            .mapToObj(i -> "a b.!?1”)。".substring(i = stream.nextInt(10), i + 1))
            .collect(Collectors.joining());
    for (Tokenizer tokenizer : List.of(WORDS, CHARACTERS)) {
      List<List<String>> pieces = new ArrayList<>();
      new Cutter(tokenizer, longest, Longer.SPLIT, (tokens, from) -> pieces.add(tokens))
          .accept(new Passages.Passage(text, "here"));
      assertThat(pieces)
          .as("seed %d", seed)
          .allSatisfy(piece -> assertThat(piece).hasSizeBetween(1, longest));
      assertThat(withoutSpaces(pieces.stream().flatMap(List::stream).toList()))
          .as("seed %d", seed)
          .isEqualTo(withoutSpaces(tokenizer.tokenize(text)));
    }
  }

  private static List<String> withoutSpaces(List<String> tokens) {
    return tokens.stream().filter(token -> !token.equals(" ")).toList();
  }

  private static List<String> cut(Tokenizer tokenizer, int longest, String text, String between) {
    List<String> pieces = new ArrayList<>();
    new Cutter(
            tokenizer,
            longest,
            Longer.SPLIT,
            (tokens, from) -> pieces.add(String.join(between, tokens)))
        .accept(new Passages.Passage(text, "here"));
    return pieces;
  }
}
