package org.seqgan.tasks.speeches;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;

/**
 * Makes sequences of paragraphs. Sentences stay whole: one that is too long is left out and
 * counted, and parts what stands before it from what stands after it.
 */
final class PassageCutter {
  private static final Tokenizer WORDS = new WordTokenizer(LetterCase.KEEP);

  private final SpeechUnit unit;
  private final int longest;
  private final LetterCase letterCase;
  private final Set<List<String>> passages = new LinkedHashSet<>();
  private final List<String> begun = new ArrayList<>();
  private int cut;
  private int tooLong;

  /**
   * A cutter.
   *
   * @param longest tokens of the longest sequence
   */
  PassageCutter(SpeechUnit unit, int longest, LetterCase letterCase) {
    this.unit = unit;
    this.longest = longest;
    this.letterCase = letterCase;
  }

  /** Takes the next paragraph. Small letters come last: a capital tells where a sentence begins. */
  void accept(String paragraph) {
    for (List<String> sentence : Sentences.of(WORDS.tokenize(paragraph))) {
      if (unit == SpeechUnit.SENTENCES || begun.size() + sentence.size() > longest) {
        finish();
      }
      if (sentence.size() > longest) {
        tooLong++;
      } else {
        begun.addAll(sentence);
      }
    }
    finish();
  }

  private void finish() {
    if (!begun.isEmpty()) {
      passages.add(begun.stream().map(letterCase::apply).toList());
      cut++;
      begun.clear();
    }
  }

  /** The different sequences, in the order of the paragraphs. */
  List<List<String>> passages() {
    return List.copyOf(passages);
  }

  /** One line for the report: what was cut and what was left out. */
  String summary() {
    return "%d %s of at most %d tokens; removed: %d that occur before; left out: %d longer sentences"
        .formatted(
            cut,
            unit == SpeechUnit.SENTENCES ? "sentences" : "passages",
            longest,
            cut - passages.size(),
            tooLong);
  }
}
