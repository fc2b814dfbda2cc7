package org.seqgan.tasks.speeches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.speeches.ParagraphReader.Paragraph;

class PassageCutterTest {
  private static final String PARAGRAPH = "We won. They lost. Who knows why it was so? We do.";

  private final List<LeftOut> leftOut = new ArrayList<>();

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
    PassageCutter cutter = cutter(SpeechUnit.PASSAGES, 6, LetterCase.KEEP);
    cutter.accept(new Paragraph(PARAGRAPH, "a.txt, line 7"));
    assertThat(joined(cutter)).containsExactly("We won . They lost .", "We do .");
    assertThat(cutter.summary())
        .isEqualTo(
            "2 passages of at most 6 tokens; removed: 0 that occur before; left out: 1 longer sentences");
    assertThat(leftOut)
        .containsExactly(
            new LeftOut(
                "a.txt, line 7",
                "a sentence of 7 tokens, expected at most sequence-length 6: Who knows why ..."));
  }

  @Test
  void sentencesMayStandAlone() {
    assertThat(cut(SpeechUnit.SENTENCES, 10, PARAGRAPH))
        .containsExactly("We won .", "They lost .", "Who knows why it was so ?", "We do .");
  }

  @Test
  void whatOccursTwiceIsTakenOnceWhateverItsCase() {
    PassageCutter cutter = cutter(SpeechUnit.PASSAGES, 10, LetterCase.LOWER);
    cutter.accept(new Paragraph("We won.", "a.txt, line 1"));
    cutter.accept(new Paragraph("WE WON.", "b.txt, line 3"));
    assertThat(joined(cutter)).containsExactly("we won .");
    assertThat(cutter.summary()).contains("removed: 1 that occur before");
    assertThat(leftOut)
        .containsExactly(new LeftOut("b.txt, line 3", "repeats a sequence of a.txt, line 1"));
  }

  private PassageCutter cutter(SpeechUnit unit, int longest, LetterCase letterCase) {
    return new PassageCutter(unit, longest, letterCase, leftOut::add);
  }

  private List<String> cut(SpeechUnit unit, int longest, String paragraph) {
    PassageCutter cutter = cutter(unit, longest, LetterCase.KEEP);
    cutter.accept(new Paragraph(paragraph, "a.txt, line 1"));
    return joined(cutter);
  }

  private static List<String> joined(PassageCutter cutter) {
    return cutter.passages().stream().map(tokens -> String.join(" ", tokens)).toList();
  }
}
