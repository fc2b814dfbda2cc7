package org.seqgan.tasks.speeches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.tasks.LetterCase;

class PassageCutterTest {
  private static final String PARAGRAPH = "We won. They lost. Who knows why it was so? We do.";

  @Test
  void aParagraphThatFitsStaysWhole() {
    assertThat(cut(SpeechUnit.PASSAGES, 17, PARAGRAPH))
        .containsExactly("We won . They lost . Who knows why it was so ? We do .");
  }

  @Test
  void aLongerOneIsCutBetweenSentences() {
    assertThat(cut(SpeechUnit.PASSAGES, 9, PARAGRAPH))
        .containsExactly("We won . They lost .", "Who knows why it was so ?", "We do .");
    assertThat(cut(SpeechUnit.PASSAGES, 14, PARAGRAPH))
        .containsExactly("We won . They lost . Who knows why it was so ?", "We do .");
  }

  @Test
  void aSentenceThatIsTooLongIsLeftOutAndPartsTheRest() {
    PassageCutter cutter = new PassageCutter(SpeechUnit.PASSAGES, 6, LetterCase.KEEP);
    cutter.accept(PARAGRAPH);
    assertThat(joined(cutter)).containsExactly("We won . They lost .", "We do .");
    assertThat(cutter.summary())
        .isEqualTo(
            "2 passages of at most 6 tokens; removed: 0 that occur before; left out: 1 longer sentences");
  }

  @Test
  void sentencesMayStandAlone() {
    assertThat(cut(SpeechUnit.SENTENCES, 10, PARAGRAPH))
        .containsExactly("We won .", "They lost .", "Who knows why it was so ?", "We do .");
  }

  @Test
  void whatOccursTwiceIsTakenOnceWhateverItsCase() {
    PassageCutter cutter = new PassageCutter(SpeechUnit.PASSAGES, 10, LetterCase.LOWER);
    cutter.accept("We won.");
    cutter.accept("WE WON.");
    assertThat(joined(cutter)).containsExactly("we won .");
    assertThat(cutter.summary()).contains("removed: 1 that occur before");
  }

  private static List<String> cut(SpeechUnit unit, int longest, String paragraph) {
    PassageCutter cutter = new PassageCutter(unit, longest, LetterCase.KEEP);
    cutter.accept(paragraph);
    return joined(cutter);
  }

  private static List<String> joined(PassageCutter cutter) {
    return cutter.passages().stream().map(tokens -> String.join(" ", tokens)).toList();
  }
}
