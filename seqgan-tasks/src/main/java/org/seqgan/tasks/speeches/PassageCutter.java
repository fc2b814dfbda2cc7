package org.seqgan.tasks.speeches;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;
import org.seqgan.tasks.speeches.ParagraphReader.Paragraph;

/**
 * Makes sequences of paragraphs. Sentences stay whole: one that is too long is left out and
 * counted, and parts what stands before it from what stands after it.
 */
final class PassageCutter {
  /** Tokens of a sentence that is left out, where the least T is 2. */
  private static final int SHOWN = 3;

  private static final Tokenizer WORDS = new WordTokenizer(LetterCase.KEEP);

  private final SpeechUnit unit;
  private final int longest;
  private final LetterCase letterCase;
  private final Consumer<LeftOut> listener;
  private final Map<List<String>, String> passages = new LinkedHashMap<>(); // to their places
  private final List<String> begun = new ArrayList<>();
  private int cut;
  private int tooLong;

  /**
   * A cutter.
   *
   * @param longest tokens of the longest sequence
   * @param listener gets each sentence and each sequence that is left out
   */
  PassageCutter(SpeechUnit unit, int longest, LetterCase letterCase, Consumer<LeftOut> listener) {
    this.unit = unit;
    this.longest = longest;
    this.letterCase = letterCase;
    this.listener = listener;
  }

  /** Takes the next paragraph. Small letters come last: a capital tells where a sentence begins. */
  void accept(Paragraph paragraph) {
    for (List<String> sentence : Sentences.of(WORDS.tokenize(paragraph.text()))) {
      if (unit == SpeechUnit.SENTENCES || begun.size() + sentence.size() > longest) {
        finish(paragraph.place());
      }
      if (sentence.size() > longest) {
        leaveOut(sentence, paragraph.place());
      } else {
        begun.addAll(sentence);
      }
    }
    finish(paragraph.place());
  }

  private void leaveOut(List<String> sentence, String place) {
    tooLong++;
    listener.accept(
        new LeftOut(
            place,
            "a sentence of %d tokens, expected at most sequence-length %d: %s ..."
                .formatted(
                    sentence.size(), longest, WORDS.detokenize(sentence.subList(0, SHOWN)))));
  }

  private void finish(String place) {
    if (!begun.isEmpty()) {
      List<String> passage = begun.stream().map(letterCase::apply).toList();
      String before = passages.putIfAbsent(passage, place);
      if (before != null) {
        listener.accept(new LeftOut(place, "repeats a sequence of " + before));
      }
      cut++;
      begun.clear();
    }
  }

  /** The different sequences, in the order of the paragraphs. */
  List<List<String>> passages() {
    return List.copyOf(passages.keySet());
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
