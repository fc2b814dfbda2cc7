package org.seqgan.core.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "春水, 4",
    "한글, 4",
    "ｱｲ, 2", // halfwidth katakana
    "（, 2", // a fullwidth bracket
    "é, 1",
    "e\u0301, 1", // a letter and an accent
    "\u1112\u1161\u11ab, 2", // the three parts of one syllable
    "😀, 2",
    "𠀀, 2", // of plane 2
    "–, 1",
    "a\u200bb, 2"
  })
  void widthIsThatOfATerminal(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void aCutLeavesNoHalfOfAWideCharacter() {
    assertThat(DisplayWidth.cut("a春水", 4)).isEqualTo("a春");
    assertThat(DisplayWidth.cut("a春水", 5)).isEqualTo("a春水");
    assertThat(DisplayWidth.cut("e\u0301f", 1)).isEqualTo("e\u0301");
  }

  @Test
  void columnsAreAlignedWhateverTheirCellsAreMadeOf() {
    assertThat(
            Columns.align(
                List.of(List.of("name", "size"), List.of("春水", "1"), List.of("a\u001bb\nc", "2"))))
        .containsExactly("name         size", "春水         1", "a\\u001bb\\nc  2");
  }
}
