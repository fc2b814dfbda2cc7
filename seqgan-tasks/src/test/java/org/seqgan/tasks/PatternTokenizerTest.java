package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;

class PatternTokenizerTest {
  @Test
  void eachMatchIsATokenTheFirstAlternativeThatFits() {
    assertThat(tokens("Cl|Br|[A-Z]|[a-z]+|[0-9]{2}|[0-9]", "ClBrCab123"))
        .containsExactly("Cl", "Br", "C", "ab", "12", "3");
  }

  @Test
  void theTextIsTakenAsItIsButForWhiteSpaceAtItsEnds() {
    String text = "e\u0301  x\u00AD\ty";
    List<String> tokens = tokens("(?s).", " \u2028" + text + " \t");
    assertThat(tokens).containsExactly("e", "\u0301", " ", " ", "x", "\u00AD", "\t", "y");
    assertThat(String.join("", tokens)).isEqualTo(text);
  }

  @Test
  void aCharacterBeyondTheFirstPlaneIsOne() {
    assertThat(tokens(".", "a\uD83D\uDE00b")).containsExactly("a", "\uD83D\uDE00", "b");
  }

  @Test
  void aMatchSeesWhatStandsAroundIt() {
    assertThat(tokens("^a|(?<=a)b|b(?=c)|.", "abbc")).containsExactly("a", "b", "b", "c");
    assertThat(tokens("c$|c|^c", "ccc")).containsExactly("c", "c", "c");
  }

  @Test
  void lettersMayBecomeSmallBefore() {
    assertThat(PatternTokenizer.of("[a-z]+", LetterCase.LOWER).tokenize("AbC"))
        .containsExactly("abc");
  }

  @Test
  void aTextOfWhiteSpaceHasNoTokens() {
    assertThat(tokens("a", "")).isEmpty();
    assertThat(tokens("a", " \t ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a+,aab,column 3: 'b' (U+0062) is in no token",
    "a+,' a b',column 3: U+0020 is in no token",
    "a*,aab,column 3: 'b' (U+0062) is in no token",
    "'x?','a',column 1: 'a' (U+0061) is in no token",
    "'[a\uD83D\uDE00]',a\uD83D\uDE00b,column 3: 'b' (U+0062)"
  })
  void aCharacterThatIsInNoTokenIsAnErrorWithItsColumn(String pattern, String text, String error) {
    assertThatThrownBy(() -> tokens(pattern, text))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageStartingWith(error)
        .hasMessageEndingWith(
            "expected task.pattern to match every character: add an alternative, such as |. for any other");
  }

  @ParameterizedTest
  @CsvSource({
    "(,'pattern is no regular expression: Unclosed group, at character 2'",
    "'[a','pattern is no regular expression: Unclosed character class, at character 2'",
    "a{2,'pattern is no regular expression: Unclosed counted closure, at character 4'",
    "*,'pattern is no regular expression: Dangling meta character ''*'', at character 1'",
    "(?:a{100}){101},'pattern repeats too often, expected numbers in braces whose product is at most 10000'",
    "(?:){99999999999},'pattern repeats too often, expected numbers in braces whose product is at most 10000'"
  })
  void whatIsNoRegularExpressionIsOneLine(String pattern, String error) {
    assertThatThrownBy(() -> PatternTokenizer.of(pattern, LetterCase.KEEP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(error);
  }

  @Test
  void bracesThatRepeatNothingAreNotCounted() {
    assertThat(tokens("\\x{1F600}|\\p{L}|\\{99999}", "\uD83D\uDE00a{99999}"))
        .containsExactly("\uD83D\uDE00", "a", "{99999}");
  }

  @Test
  void nestingBeyondTheStackIsOneLine() {
    String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
    assertThatThrownBy(() -> PatternTokenizer.of(deep, LetterCase.KEEP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "pattern is no regular expression: Stack overflow during pattern compilation")
        .hasMessageNotContaining("\n");
  }

  /** Each of these would take hours, and most of them longer than the world is old. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+\\1b",
        "(a|aa)+\\1\\1b",
        "a*a*a*a*a*a*b",
        "(.*)(.*)(.*)(.*)\\4\\3b",
        "(?:a?|(a)){299}\\1b"
      })
  @Timeout(60)
  void aPatternThatNeverEndsIsAnError(String pattern) {
    assertThatThrownBy(() -> tokens(pattern, "a".repeat(300)))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.CONFIGURATION))
        .hasMessage(
            "column 1: task.pattern takes more than 1,000 steps for each character; expected one without repetitions inside of repetitions");
  }

  @Test
  @Timeout(60)
  void aPatternThatNeedsTooMuchStackIsAnError() {
    assertThatThrownBy(() -> tokens("(?:a|b)*c", "ab".repeat(400_000)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("column 1: task.pattern needs more stack than there is");
  }

  @Test
  void aLongTextIsTakenApartInTimeThatGrowsWithIt() {
    assertThat(tokens("Cl|Br|\\[[^\\]]*]|.", "[nH]CCl".repeat(100_000))).hasSize(300_000);
  }

  @RepeatedTest(20)
  void tokensJoinedAreTheTextAndGiveTheSameTokens() {
    long seed = System.nanoTime();
    RandomStream stream = RandomStream.of(seed);
    String text =
        IntStream.range(0, 1 + stream.nextInt(60))
            .mapToObj(i -> "ab1 \uD83D\uDE00é山-".substring(i = stream.nextInt(9), i + 1))
            .collect(Collectors.joining())
            .replaceAll("[\\uD800-\\uDFFF]", "x")
            .strip();
    Tokenizer tokenizer = PatternTokenizer.of("ab|[0-9]+|\\p{L}{1,2}|(?s).", LetterCase.KEEP);
    List<String> tokens = tokenizer.tokenize(text);
    assertThat(tokens).as("seed %d", seed).doesNotContain("");
    assertThat(tokenizer.detokenize(tokens)).as("seed %d", seed).isEqualTo(text);
    assertThat(tokenizer.tokenize(tokenizer.detokenize(tokens)))
        .as("seed %d", seed)
        .isEqualTo(tokens);
  }

  private static List<String> tokens(String pattern, String text) {
    return PatternTokenizer.of(pattern, LetterCase.KEEP).tokenize(text);
  }

  @Test
  void aBeginningKeepsTheSpaceAtItsEnd() {
    Tokenizer tokenizer = PatternTokenizer.of("[a-z]+| ", LetterCase.KEEP);
    assertThat(tokenizer.tokenizeBeginning(" ab c ")).containsExactly("ab", " ", "c", " ");
    assertThat(tokenizer.tokenizeBeginning("  ")).isEmpty();
    assertThatThrownBy(
            () -> PatternTokenizer.of("[a-z]+", LetterCase.KEEP).tokenizeBeginning("ab "))
        .hasMessage(
            "column 3: U+0020 is in no token; expected what task.pattern matches: write it as the data do, or leave it out")
        .extracting(error -> ((UserException) error).kind())
        .as("no file of the data is wrong")
        .isEqualTo(UserException.Kind.CONFIGURATION);
  }
}
