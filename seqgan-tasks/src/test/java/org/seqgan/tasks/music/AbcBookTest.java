package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.UserException;

class AbcBookTest {
  @Test
  void aFileHasManyTunesAndTextBetweenThem() {
    AbcBook book =
        AbcBook.parse(
            "two.abc",
            "%abc-2.1\nL:1/4\n\nHello\n\nX:7\nT:One\nK:C\nA\n\nmore text\n\nX:9\nK:C\nL:1/8\nA\n");
    assertThat(book.tunes()).extracting(AbcTune::title).containsExactly("One", "X:9");
    assertThat(book.tunes().get(0).song(120).voices().get(0).notes().get(0).seconds())
        .as("the file header gives the unit")
        .isEqualTo(0.5);
    assertThat(book.tunes().get(1).song(120).place()).isEqualTo("two.abc, line 13");
    assertThat(book.omissions().of(AbcOmissions.Kind.FREE_TEXT)).isEqualTo(2);
  }

  @Test
  void whatIsLeftOutIsCounted() {
    AbcBook book =
        AbcBook.parse(
            "t.abc",
            """
            X:1
            %%begintext
            A B C : | not music
            %%endtext
            K:C clef=bass
            "C"A{b}c !f!d .e (fg) @
            w:words
            """);
    assertThat(book.unreadable()).isEmpty();
    assertThat(book.omissions())
        .hasToString(
            "1 chord symbols and annotations, 1 groups of grace notes, 2 decorations, 2 slurs, 1"
                + " lines of lyrics or symbols, 1 directives (%% or I:), 1 clef and voice settings,"
                + " 1 characters without a meaning");
  }

  @Test
  void aTuneThatCannotBeReadDoesNotTakeTheOthersDown() {
    AbcBook book = AbcBook.parse("t.abc", "X:1\nK:C\nA\n\nX:2\nK:C\nA &\n\nX:3\nK:C\nB\n");
    assertThat(book.tunes()).hasSize(2);
    assertThat(book.unreadable())
        .singleElement()
        .extracting(UserException::getMessage)
        .isEqualTo("t.abc, line 7, column 3: expected a note, a rest or a bar line, found '&'");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "A &B; line 4, column 3: expected a note, a rest or a bar line, found '&'",
        "A [ce; line 4, column 6: this chord has no closing ]",
        "A []; line 4, column 5: expected notes in this chord",
        "A \"Am; line 4, column 4: this chord symbol has no closing \"",
        "A {ab; line 4, column 4: this group of grace notes has no closing }",
        "A ^x; line 4, column 4: expected a note from A to g",
        "^^^A; line 4, column 4: expected an accidental: ^ ^^ = _ __",
        "A0; line 4, column 3: expected a number from 1 to 9999",
        "A/99999; line 4, column 8: expected a number from 1 to 9999",
        ">A; line 4, column 2: expected a note",
        "|-A; line 4, column 2: expected a note before the tie",
        "c''''''; line 4, column 8: this note is outside MIDI's 0 to 127",
        "(1A; line 4, column 3: expected a tuplet of 2 to 9 notes",
        "A : B; line 4, column 4: expected a bar line with this colon",
        "|1-999A; line 4, column 7: expected an ending of at most 99",
        "A////////////////////////////////////////////////////////////////////////; this length has no place",
        "[M:x/8]A; line 4: expected a meter such as 6/8 or C, found 'x/8'",
        "[L:0]A; line 4: expected a length such as 1/8, found '0'",
        "[K:H]A; line 4: expected a key such as Am or Ddor, found 'H'",
        "[K:Afoo]A; line 4: expected a mode such as m, mix or dor, found 'foo'",
        "[K:G#]A; line 4: expected a key of at most 7 sharps or flats, found 'G#'",
        "[Q:fast]A; line 4: expected a tempo such as 1/4=120, found 'fast'",
        "[Q:1/4=0]A; line 4: expected a tempo such as 1/4=120, found '1/4=0'",
        "[V: ]A; line 4: expected the name of a voice after V:",
        "[m:x = y]A; line 4: macros (m:) are not read; write their notes out",
      })
  void whatCannotBeReadIsNamedWithItsPlace(String music, String message) {
    assertThatThrownBy(() -> Abc.notes("K:C", music))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(Abc.FILE)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "K:C; P:AB; part B, which is not in the tune",
        "K:C; P:(A; expected an order of at most 1000 parts",
        "K:C; P:(A999)999; expected an order of at most 1000 parts",
      })
  void anOrderOfPartsThatCannotBePlayedIsAnError(String key, String order, String message) {
    assertThatThrownBy(() -> Abc.song("X:1\n" + order + "\n" + key + "\nP:A\nA\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTuneWithoutKeyAndAFileWithoutTunesAreErrors() {
    assertThatThrownBy(() -> Abc.song("X:1\nT:x\n"))
        .hasMessage("test.abc, line 1: this tune has no K: field, so no music");
    assertThatThrownBy(() -> Abc.song("X:1\nABC\n"))
        .hasMessage("test.abc, line 2: expected a field such as K:G before the music");
    assertThatThrownBy(() -> Abc.song("hello\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected ABC tunes, each beginning with a line X:");
  }

  @Test
  void aTuneThatWouldPlayForeverIsAnError() {
    assertThatThrownBy(() -> Abc.notes("|:" + "ABcd".repeat(1000) + ":".repeat(90) + "|"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 200000 notes");
    assertThatThrownBy(() -> Abc.notes("A9999".repeat(10)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lasts more than 2");
  }
}
