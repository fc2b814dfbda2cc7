package org.seqgan.core.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    "a\u200bb, 2",
    "👨\u200d👩\u200d👧, 2", // a family: three pictures, joined
    "👩\u200d⚕\ufe0f, 2", // joined with a symbol that is narrow by itself
    "👍🏽, 2", // with a colour of skin
    "☝🏽, 2",
    "❤, 1",
    "❤\ufe0f, 2", // the same as a picture
    "1\ufe0f\u20e3, 2", // a key
    "🇩🇪, 2",
    "🇩🇪🇫🇷, 4",
    "a\u200d👩, 3", // a joiner joins pictures alone
    "👩a\u0301, 3",
    "क\u094d, 1",
    "नि, 2" // a vowel sign that has a place of its own
  })
  void widthIsThatOfATerminal(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  /** What Java's own Unicode data say, whatever their version. */
  @Test
  void widthFollowsTheCharactersOfThisJava() {
    Optional<Method> picture = emojiPresentation();
    List<String> wrong = new ArrayList<>();
    for (int c = 0x20; c <= Character.MAX_CODE_POINT; c++) {
      int expected = expected(c, picture);
      if (expected >= 0 && DisplayWidth.of(Character.toString(c)) != expected) {
        wrong.add("%x: %d".formatted(c, expected));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The width of those characters of which Java says enough; -1 for others. */
  private static int expected(int c, Optional<Method> picture) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    Character.UnicodeBlock block = Character.UnicodeBlock.of(c);
    if (block == Character.UnicodeBlock.BASIC_LATIN
        || block == Character.UnicodeBlock.CYRILLIC
        || block == Character.UnicodeBlock.BOX_DRAWING) {
      return type == Character.CONTROL ? -1 : 1;
    }
    if (block == Character.UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS
        || block == Character.UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_B
        || block == Character.UnicodeBlock.HANGUL_SYLLABLES
        || block == Character.UnicodeBlock.KATAKANA
        || (block == Character.UnicodeBlock.HIRAGANA && Character.isLetter(c))
        || isPicture(c, picture)) {
      return Character.isDefined(c) ? 2 : -1;
    }
    return -1;
  }

  /** The letters of flags are pictures in pairs. */
  private static boolean isPicture(int c, Optional<Method> picture) {
    try {
      return picture.isPresent()
          && (boolean) picture.get().invoke(null, c)
          && (c < 0x1f1e6 || c > 0x1f1ff);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Java has it from 21 on. */
  private static Optional<Method> emojiPresentation() {
    try {
      return Optional.of(Character.class.getMethod("isEmojiPresentation", int.class));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  @Test
  void aCutLeavesNoHalfOfAWideCharacter() {
    assertThat(DisplayWidth.cut("a春水", 4)).isEqualTo("a春");
    assertThat(DisplayWidth.cut("a春水", 5)).isEqualTo("a春水");
    assertThat(DisplayWidth.cut("e\u0301f", 1)).isEqualTo("e\u0301");
    assertThat(DisplayWidth.cut("a❤\ufe0fb", 2)).isEqualTo("a");
    assertThat(DisplayWidth.cut("👨\u200d👩b", 2)).isEqualTo("👨\u200d👩");
    assertThat(DisplayWidth.shorten("春水春水", 7)).isEqualTo("春水...");
    assertThat(DisplayWidth.shorten("春水春水", 8)).isEqualTo("春水春水");
  }

  @Test
  void columnsAreAlignedWhateverTheirCellsAreMadeOf() {
    assertThat(
            Columns.align(
                List.of(List.of("name", "size"), List.of("春水", "1"), List.of("a\u001bb\nc", "2"))))
        .containsExactly("name         size", "春水         1", "a\\u001bb\\nc  2");
  }
}
