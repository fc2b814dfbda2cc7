package org.seqgan.tasks.speeches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;

class SentencesTest {
  private static final Tokenizer WORDS = new WordTokenizer(LetterCase.KEEP);

  /** A bar stands where a sentence ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "We won. | We lost! | Who knows? | 300 people do.",
        "She said, “We won.” | And she left.",
        "(We won.) | And we left.",
        "“We won!” she said. | So it was.",
        "We won... and we lost. | So it was...",
        "No!! | Never?! | Yes.",
        "Mr. Fox met Dr. Owl and John F. Rook. | So did I. | He left.",
        "The U.S. Army left at 7 a.m. sharp.",
        "We paid $3.5 million. | No more",
        "He wrote: Dear friends; do not wait."
      })
  void aSentenceEndsWhereAReaderWouldEndIt(String marked) {
    List<String> expected = List.of(marked.split(" \\| "));
    List<List<String>> sentences = Sentences.of(WORDS.tokenize(marked.replace(" | ", " ")));
    assertThat(sentences.stream().map(WORDS::detokenize)).containsExactlyElementsOf(expected);
  }
}
