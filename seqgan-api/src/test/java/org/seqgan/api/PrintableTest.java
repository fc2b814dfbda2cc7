package org.seqgan.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @Test
  void whatATerminalWouldObeyIsShown() {
    // ECMA-48: ESC and its one-character form CSI begin control sequences, BEL and BS are obeyed.
    assertThat(Printable.text("a\u001b[2Jb\u009b31mc\u0007\b\u007f\u0000"))
        .isEqualTo("a\\u001b[2Jb\\u009b31mc\\u0007\\u0008\\u007f\\u0000");
  }

  @Test
  void textKeepsItsLinesAndALineHasNone() {
    assertThat(Printable.text("a\tb\r\nc")).isEqualTo("a\tb\\r\nc");
    assertThat(Printable.line("a\tb\r\nc\u2028d")).isEqualTo("a\\tb\\r\\nc\\u2028d");
  }

  @Test
  void whatTurnsTheOrderOfCharactersIsShown() {
    assertThat(Printable.line("file\u202etxt.exe\u2066")).isEqualTo("file\\u202etxt.exe\\u2066");
  }

  @Test
  void halfACharacterIsShownAndAWholeOneStays() {
    assertThat(Printable.line("\ud83d-\ud83d\ude00-\ude00"))
        .isEqualTo("\\ud83d-\ud83d\ude00-\\ude00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "春水绕村流", "e\u0301", "שלום", "a\u200db", "100 % \\u001b"})
  void everythingElseStaysAsItIs(String text) {
    assertThat(Printable.line(text)).isSameAs(text);
  }
}
