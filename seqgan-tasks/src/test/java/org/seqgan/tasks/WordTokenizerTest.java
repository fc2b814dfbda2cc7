package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.random.RandomStream;

class WordTokenizerTest {
  private static final Tokenizer KEEP = new WordTokenizer(LetterCase.KEEP);
  private static final Tokenizer LOWER = new WordTokenizer(LetterCase.LOWER);

  /** What the rules tell apart, and what could be mistaken when it stands side by side. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "é",
          "e\u0301",
          "U",
          "s",
          "1",
          "23",
          "½",
          "_",
          "'",
          "’",
          "‘",
          "\"",
          "“",
          "”",
          "``",
          "-",
          "–",
          "—",
          ".",
          "..",
          "…",
          ",",
          ":",
          ";",
          "!",
          "?",
          "¿",
          "(",
          ")",
          "[",
          "«",
          "»",
          "/",
          "$",
          "€",
          "%",
          "#",
          "@",
          "&",
          "<unk>",
          "<",
          "山",
          "水",
          "。",
          "，",
          "カ",
          "ー",
          "ひ",
          "한",
          "क्षि",
          "ไทย",
          "\u200D",
          "👩\u200D👩\u200D👧",
          "🇩🇪",
          "\u0301",
          " ",
          " ",
          "\u00A0",
          "\u200B",
          "\u00AD",
          "İ",
          "ß",
          "Σ",
          "\uD83D\uDE00",
          "\uD840\uDC00",
          "ا",
          "،",
          "\t");

  @Test
  void punctuationMarksAreTokensOfTheirOwn() {
    assertThat(KEEP.tokenize("Well, we won (barely)!"))
        .containsExactly("Well", ",", "we", "won", "(", "barely", ")", "!");
  }

  @Test
  void lettersKeepTheirCaseOrBecomeSmall() {
    assertThat(KEEP.tokenize("The Élan of ΣΟΦΟΣ")).containsExactly("The", "Élan", "of", "ΣΟΦΟΣ");
    assertThat(LOWER.tokenize("The Élan of ΣΟΦΟΣ")).containsExactly("the", "élan", "of", "σοφος");
  }

  @Test
  void contractionsAndHyphenatedWordsAreOneToken() {
    assertThat(KEEP.tokenize("We don’t want the farmer's twenty‑first well-kept boat"))
        .containsExactly(
            "We", "don't", "want", "the", "farmer's", "twenty-first", "well-kept", "boat");
  }

  @Test
  void numbersKeepWhatStandsBetweenTheirDigits() {
    assertThat(KEEP.tokenize("1,000 or 3.5, at 10:30, the 21st: $5, 10%, 9/11."))
        .containsExactly(
            "1,000", "or", "3.5", ",", "at", "10:30", ",", "the", "21st", ":", "$", "5", ",", "10",
            "%", ",", "9", "/", "11", ".");
  }

  @Test
  void initialsKeepTheirFullStops() {
    assertThat(KEEP.tokenize("The U.S. at 7 a.m. I. Then the end.A start"))
        .containsExactly(
            "The", "U.S.", "at", "7", "a.m.", "I", ".", "Then", "the", "end", ".", "A", "start");
  }

  @Test
  void straightQuotationMarksOpenAndClose() {
    assertThat(KEEP.tokenize("\"Go,\" she said, \"'now' or (\"never\")\" to the workers' hall."))
        .containsExactly(
            "“", "Go", ",", "”", "she", "said", ",", "“", "‘", "now", "’", "or", "(", "“", "never",
            "”", ")", "”", "to", "the", "workers", "’", "hall", ".");
  }

  @Test
  void dashesAndEllipsesHaveOneSpelling() {
    assertThat(KEEP.tokenize("yes -- no–yes―no… yes.... no"))
        .containsExactly("yes", "—", "no", "—", "yes", "—", "no", "...", "yes", "...", "no");
  }

  @Test
  void chineseCharactersAndKanaAreOneTokenEach() {
    assertThat(KEEP.tokenize("山水。カー")).containsExactly("山", "水", "。", "カ", "ー");
    assertThat(KEEP.detokenize(KEEP.tokenize("山水，カー。"))).isEqualTo("山水，カー。");
  }

  @Test
  void wordsOfOtherScriptsAreWholeWords() {
    assertThat(KEEP.tokenize("Привет, мир! مرحبا، يا عالم؟ नमस्ते। 안녕 세계 Ἀχιλῆος"))
        .containsExactly(
            "Привет", ",", "мир", "!", "مرحبا", "،", "يا", "عالم", "؟", "नमस्ते", "।", "안녕", "세계",
            "Ἀχιλῆος");
  }

  @Test
  void anEmojiIsNotCut() {
    assertThat(KEEP.tokenize("yes👩\u200D👩\u200D👧🇩🇪!"))
        .containsExactly("yes", "👩\u200D👩\u200D👧", "🇩🇪", "!");
  }

  /** A line may be as long as a file. */
  @ParameterizedTest
  @ValueSource(strings = {"1,", "a-", "a'", "U.", "1:", "..", "--", "a\u0301"})
  void aWordOfAnyLengthIsRead(String piece) {
    String line = piece.repeat(200_000);
    assertThat(String.join("", KEEP.tokenize(line + "a"))).endsWith("a");
  }

  @Test
  void equalTextGivesEqualTokensHoweverItIsComposed() {
    assertThat(KEEP.tokenize("cafe\u0301 co\u00ADop\u200Bted"))
        .isEqualTo(KEEP.tokenize("caf\u00E9 coop ted"));
  }

  @Test
  void anUnknownTokenOfTheCorpusStaysOne() {
    assertThat(LOWER.tokenize("the <unk> sat")).containsExactly("the", "<unk>", "sat");
  }

  @Test
  void whiteSpaceHasNoTokens() {
    assertThat(KEEP.tokenize(" \t\u00A0\u3000")).isEmpty();
    assertThat(KEEP.detokenize(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Well, we won (barely) by 10%: $5 and/or 3.5 — that's all!",
        "“Go,” she said; ‘now’ or never... The U.S. waits.",
        "The workers’ hall [sic] isn't #open @noon & not 24/7?",
        "¿Qué pasa? ¡Nada!",
        "Привет, мир! नमस्ते।",
        "山高水长。月白風清，",
        "the <unk> sat"
      })
  void normallySpacedTextComesBack(String text) {
    assertThat(KEEP.detokenize(KEEP.tokenize(text))).isEqualTo(text);
  }

  @Test
  void tokensThatWouldMergeStayApart() {
    assertThat(KEEP.detokenize(List.of("U.S", ".", ".", ".", "a"))).isEqualTo("U.S . . . a");
  }

  @Test
  void anyTextReadsTheSameAfterATrip() {
    long seed = System.nanoTime();
    RandomStream stream = RandomStream.of(seed);
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = stream.nextInt(8); n >= 0; n--) {
        text.append(PIECES.get(stream.nextInt(PIECES.size())));
      }
      for (Tokenizer tokenizer : List.of(KEEP, LOWER, new CharacterTokenizer(LetterCase.KEEP))) {
        List<String> tokens = tokenizer.tokenize(text.toString());
        assertThat(tokenizer.tokenize(tokenizer.detokenize(tokens)))
            .as("seed %d, %s of '%s'", seed, tokenizer, text)
            .isEqualTo(tokens)
            .doesNotContain("", " ".repeat(2));
      }
    }
  }
}
