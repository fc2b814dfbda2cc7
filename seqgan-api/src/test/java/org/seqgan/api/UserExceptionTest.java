package org.seqgan.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserExceptionTest {
  private static String message(String text) {
    return new UserException(UserException.Kind.DATA, text).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\u6625\u6c34",
        "e\u0301",
        "\u05e9\u05dc\u05d5\u05dd",
        "\ud83d\ude00",
        "a\u200db"
      })
  void aMessageOfOneLineStaysAsItIs(String text) {
    assertThat(message(text)).isEqualTo(text);
  }

  @Test
  void whatATerminalWouldObeyIsWrittenAsAnEscape() {
    // ECMA-48: ESC and its form of one character, CSI, begin a control sequence.
    assertThat(message("a\u001b[2Jb\u009b31m\u0000")).isEqualTo("a\\u001b[2Jb\\u009b31m\\u0000");
  }

  @Test
  void whatWouldEndTheLineIsWrittenAsAnEscape() {
    assertThat(message("a\r\nb\u2028c\u0085")).isEqualTo("a\\r\\nb\\u2028c\\u0085");
  }

  @Test
  void whatWouldTurnTheOrderIsWrittenAsAnEscape() {
    assertThat(message("file\u202etxt.exe")).isEqualTo("file\\u202etxt.exe");
  }

  @Test
  void halfACharacterIsWrittenAsAnEscape() {
    assertThat(message("\ud83d-")).isEqualTo("\\ud83d-");
  }

  @Test
  void ofALongMessageTheMiddleIsLeftOutAndThatIsSaid() {
    String text = "here: " + "\ud83d\ude00".repeat(5000) + "; do this";
    assertThat(message(text))
        .hasSizeBetween(1400, UserException.LONGEST_MESSAGE)
        .startsWith("here: \ud83d\ude00")
        .endsWith("\ud83d\ude00; do this")
        .contains("\ud83d\ude00 ... (10015 characters in all) ... \ud83d\ude00");
  }

  @Test
  void aMessageThatGrowsByItsEscapesIsBoundedToo() {
    assertThat(message("\u0000".repeat(1500))).hasSizeLessThanOrEqualTo(1500).endsWith("\\u0000");
  }
}
