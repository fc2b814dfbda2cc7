package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.NotationState;

@DisplayName("The notation of a text, made again of its state")
class TextNotationTest {
  private static final List<String> TEXTS =
      List.of(
          "Wow, the cat sat on the mat: \"wow\", it said.", "the cat, the hat 1,000 is naïve ♥");

  private static TextNotation learnt() {
    BytePairTokenizer tokenizer = BytePairTokenizer.learn(TEXTS, 270, 2, LetterCase.KEEP);
    return new TextNotation(tokenizer, TokenTable.ofEvery(tokenizer.tokens()));
  }

  private static TextNotation of(Tokenizer tokenizer) {
    TokenCounts counts = TokenCounts.of(TEXTS.stream().map(tokenizer::tokenize).toList());
    return new TextNotation(tokenizer, TokenTable.ofVariableLength(counts, 1, 1000));
  }

  @Test
  void showsAndReadsAsBefore() {
    for (TextNotation notation :
        List.of(
            learnt(),
            of(new WordTokenizer(LetterCase.LOWER)),
            of(new CharacterTokenizer(LetterCase.KEEP)),
            of(PatternTokenizer.of("\\w+|.", LetterCase.LOWER)))) {
      TextNotation again = TextNotation.of(notation.table().vocabulary(), notation.state());
      assertThat(again.state()).isEqualTo(notation.state());
      for (String text : TEXTS) {
        int[] tokens = notation.read(text).orElseThrow();
        assertThat(again.read(text).orElseThrow()).isEqualTo(tokens).isNotEmpty();
        assertThat(again.show(tokens)).isEqualTo(notation.show(tokens));
      }
    }
  }

  private static void assertRefused(
      Vocabulary vocabulary, NotationState state, String... inTheMessage) {
    assertThatThrownBy(() -> TextNotation.of(vocabulary, state))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(UserException.Kind.DATA);
              assertThat(e.getMessage()).contains(inTheMessage).doesNotContain("\n");
            });
  }

  private static NotationState with(NotationState state, String key, String value) {
    Map<String, String> settings = new LinkedHashMap<>(state.settings());
    settings.put(key, value);
    return new NotationState(state.tokens(), settings);
  }

  @Test
  void whatNoTextHasIsRefused() {
    TextNotation words = of(new WordTokenizer(LetterCase.KEEP));
    Vocabulary vocabulary = words.table().vocabulary();
    NotationState state = words.state();
    assertRefused(
        vocabulary, with(state, "letter-case", "upper"), "'letter-case': expected keep or lower");
    assertRefused(vocabulary, with(state, "tokens", "pattern"), "key 'pattern' is missing");
    assertRefused(vocabulary, with(state, "pattern", "x"), "key 'pattern' is not known");
    assertRefused(
        vocabulary,
        with(with(state, "tokens", "pattern"), "pattern", "(a"),
        "key 'pattern': pattern is no regular expression");
    List<String> twice = new ArrayList<>(state.tokens());
    twice.set(3, twice.get(4));
    assertRefused(vocabulary, new NotationState(twice, state.settings()), "a token is there twice");
    assertRefused(
        new Vocabulary(state.tokens().size(), 1, OptionalInt.of(0)), state, "start and end token");
  }

  @Test
  void pairsThatWouldFillTheMemoryAreRefusedBeforeTheyAreWrittenOut() {
    int count = 60;
    String bomb =
        "97 97\n"
            + IntStream.range(0, count - 1)
                .mapToObj(i -> (256 + i) + " " + (256 + i))
                .collect(Collectors.joining("\n"));
    List<String> tokens = new ArrayList<>(List.of("<end>"));
    learnt().table().tokens().stream().skip(1).limit(256).forEach(tokens::add);
    IntStream.range(0, count).forEach(i -> tokens.add("aa" + i));
    assertRefused(
        new Vocabulary(tokens.size(), 0, OptionalInt.of(0)),
        new NotationState(tokens, Map.of("tokens", "bpe", "letter-case", "keep", "pairs", bomb)),
        "key 'pairs', line 1 is not the token of its place");
  }

  @Test
  void pairsThatAreNoneAreRefused() {
    TextNotation learnt = learnt();
    Vocabulary vocabulary = learnt.table().vocabulary();
    assertRefused(vocabulary, with(learnt.state(), "pairs", "1 x"), "line 1: expected two tokens");
    assertRefused(
        vocabulary,
        with(learnt.state(), "pairs", "1 999999999"),
        "line 1: expected earlier tokens");
    assertRefused(
        vocabulary,
        with(learnt.state(), "pairs", "1 1\n".repeat(500)),
        "500 of them with 256 bytes are more than");
  }
}
