package org.seqgan.tasks.speeches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.TextLines.Line;

class ParagraphReaderTest {
  @Test
  void aLineIsAParagraph() {
    assertThat(paragraphs("We built it.", "", "  \u00A0", " We keep it.  "))
        .containsExactly("We built it.", "We keep it.");
  }

  @Test
  void theHeaderOfAFileAndCommentsAreLeftOut() {
    assertThat(paragraphs("President: A Name", "", "# a comment", "We built it."))
        .containsExactly("We built it.");
    assertThat(paragraphs("We built it.", "President: a word of honor."))
        .containsExactly("We built it.", "President: a word of honor.");
  }

  @Test
  void paragraphsOfOthersAreLeftOutAndCounted() {
    Reading reading =
        read(
            "THE PRESIDENT:  Sit down, please.",
            "AUDIENCE:  No!",
            "AUDIENCE MEMBER:  Hear him.",
            "Q    Why not?",
            "Quite so: we wait.");
    assertThat(reading.paragraphs).containsExactly("Sit down, please.", "Quite so: we wait.");
    assertThat(reading.reader.summary())
        .isEqualTo("2 paragraphs; left out: 3 of other speakers, and 0 stage directions");
  }

  @Test
  void paragraphsMayBeOfAnyLength() {
    String shouted = "WE WON ".repeat(50_000).strip();
    String dashed = "We" + " --".repeat(50_000) + " won.";
    assertThat(paragraphs(shouted, dashed)).hasSize(2);
  }

  @Test
  void stageDirectionsAreRemovedAndCounted() {
    Reading reading =
        read(
            "We won. (Applause.)  Sit down (laughter) now. [Laughter]",
            "(The lights go out.)",
            "(Laughter and applause.)",
            "A hundred [sic] of them (and more) under 401(k) rules (NATO).");
    assertThat(reading.paragraphs)
        .containsExactly(
            "We won.    Sit down   now.",
            "A hundred   of them (and more) under 401(k) rules (NATO).");
    assertThat(reading.reader.summary()).endsWith("and 6 stage directions");
  }

  @ParameterizedTest
  @CsvSource({
    "bring the soldier[s] home [now].,bring the soldiers home now.",
    "the time \\-- it is now,the time -- it is now",
    "we know -- (applause) -- we know,we know — we know",
    "we know—[applause]—we know,we know — we know",
    "-- (applause) -- and we know,and we know"
  })
  void editorsMarksAreUndone(String line, String paragraph) {
    assertThat(paragraphs(line).get(0).replaceAll("\\s*—\\s*", " — ")).isEqualTo(paragraph);
  }

  @Test
  void whatIsLeftOutIsToldWithItsLine() {
    assertThat(
            read(
                    "President: A Name",
                    "# a comment",
                    "AUDIENCE: No!",
                    "We won. (Applause.) Sit [Laughter]",
                    "* * *",
                    "")
                .leftOut)
        .containsExactly(
            new LeftOut("a.txt, line 1", "a header"),
            new LeftOut("a.txt, line 2", "a comment"),
            new LeftOut("a.txt, line 3", "a paragraph of another speaker"),
            new LeftOut("a.txt, line 4", "a stage direction: (Applause.)"),
            new LeftOut("a.txt, line 4", "a stage direction: [Laughter]"),
            new LeftOut("a.txt, line 5", "no word: * * *"));
  }

  private static List<String> paragraphs(String... lines) {
    return read(lines).paragraphs;
  }

  private static Reading read(String... lines) {
    Reading reading = new Reading();
    for (int i = 0; i < lines.length; i++) {
      reading.reader.accept(new Line("a.txt", i + 1, lines[i]));
    }
    return reading;
  }

  private static final class Reading {
    private final List<String> paragraphs = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final ParagraphReader reader =
        new ParagraphReader(paragraph -> paragraphs.add(paragraph.text()), leftOut::add);
  }
}
