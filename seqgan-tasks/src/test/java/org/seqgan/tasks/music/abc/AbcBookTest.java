package org.seqgan.tasks.music.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.UserException;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

class AbcBookTest {
  @Test
  void aFileHasManyTunesAndTextBetweenThem() {
    AbcBook book =
        AbcBook.parse(
            "two.abc",
            "%abc-2.1\nL:1/4\n\nHello\n\nX:7\nT:One\nK:C\nA\n\nmore text\n\nX:9\nK:C\nL:1/8\nA\n");
    assertThat(book.tunes()).extracting(AbcTune::title).containsExactly("One", "X:9");
    assertThat(
            book.tunes().get(0).song(120, new Omissions()).voices().get(0).notes().get(0).seconds())
        .as("the file header gives the unit")
        .isEqualTo(0.5);
    assertThat(book.tunes().get(1).song(120, new Omissions()).place())
        .isEqualTo("two.abc, line 13");
    assertThat(book.omissions().of(Omissions.Kind.FREE_TEXT)).isEqualTo(2);
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
            m:~n3 = n{o}n{m}n
            K:C clef=bass sound=Bc
            "C"A{b}c !f!d .e (fg) @ !D.C.!
            w:words
            """);
    assertThat(book.unreadable()).isEmpty();
    assertThat(book.omissions().counted(Omissions.Why.RULE))
        .containsExactly(
            "1 chord symbols and annotations",
            "1 groups of grace notes",
            "2 decorations",
            "1 signs of where to go on, such as !D.C.!",
            "2 slurs",
            "1 lines of lyrics or symbols",
            "1 directives (%% or I:)",
            "1 clef and voice settings",
            "1 settings of pitch that the standard does not have",
            "1 macros that are not used",
            "1 characters without a meaning");
    assertThat(book.omissions().counted(Omissions.Why.LENIENCE)).isEmpty();
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
        "A [\"C\"]; line 4, column 8: expected notes in this chord",
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
        "[L:0]A; line 4: expected a length such as 1/8, found '0'",
        "[K:H]A; line 4: expected a key such as Am or Ddor, found 'H'",
        "[K:Afoo]A; line 4: expected a mode such as m, mix or dor, found 'foo'",
        "[K:G#]A; line 4: expected a key of at most 7 sharps or flats, found 'G#'",
        "[K:C octave=high]A; line 4: expected a whole number from -9 to 9, found 'octave=high'",
        "[V:1 transpose=200]A; line 4: expected a whole number from -127 to 127, found 'transpose=200'",
        "[K:C octave=5]c; line 4, column 16: this note is outside MIDI's 0 to 127",
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
  void theVoiceThatLacksAPartIsNamed() {
    String body = "V:lead\nP:A\nA\nP:B\nB\nV:bass\nP:A\nC\n";
    assertThatThrownBy(() -> Abc.song("X:1\nP:AB\nL:1/8\nK:C\n" + body))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("P: plays part B, which is not in voice 'bass' of the tune");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "Q:fast; NO_TEMPO",
        "Q:1/4=0; NO_TEMPO",
        "Q:1/4; NO_TEMPO",
        "Q:1/4=1/8; NO_TEMPO",
        "Q:99999999; NO_TEMPO",
        "M:x/8; NO_METER",
        "M:0/4; NO_METER",
        "V:; NO_VOICE",
      })
  void aFieldThatCannotBeReadButIsAboutNoNoteCostsNoTune(String field, Omissions.Kind kind) {
    for (String text :
        new String[] {
          "X:1\nL:1/8\n%s\nK:C\nAB\n", "X:1\nL:1/8\nK:C\n%s\nAB\n", "X:1\nL:1/8\nK:C\n[%s]AB\n"
        }) {
      AbcBook book = AbcBook.parse("t.abc", text.formatted(field));
      assertThat(book.unreadable()).as(text).isEmpty();
      Omissions counted = new Omissions();
      assertThat(Abc.eighths(book.tunes().get(0).song(120, counted).voices().get(0).notes()))
          .isEqualTo("1 1");
      assertThat(book.omissions().of(kind)).as(text).isEqualTo(1);
    }
  }

  @Test
  void fieldsThatTheStandardDoesNotHaveAndWordsAfterAKeyCostNoTune() {
    assertThat(Abc.pitches(Abc.notes("E:7\nk:x\nP:\nK:G pentatonic", "F\nY:no field\nF")))
        .isEqualTo("F#4 F#4");
  }

  @Test
  void aMacroIsAnErrorOnlyWhereItIsUsed() {
    String macro = "m:~n3 = n{o}n{m}n\nK:C";
    assertThat(Abc.pitches(Abc.notes(macro, "~A2 A3"))).isEqualTo("A4 A4");
    assertThatThrownBy(() -> Abc.notes(macro, "A | ~b3"))
        .hasMessage(
            "test.abc, line 5: macros (m:) are not read, and this line uses '~n3'; write its notes"
                + " out");
  }

  @Test
  void aTuneBeginsWhereItsNumberIsWithOrWithoutAnEmptyLine() {
    AbcBook book =
        AbcBook.parse("t.abc", "X:1\nT:a\nK:C\nAB\nX:2\nK:C\nX|cd\nX:3\nT:c\nX: 4\nK:C\nG\n");
    assertThat(book.tunes()).extracting(AbcTune::title).containsExactly("a", "X:2", "X:4");
    assertThat(book.unreadable())
        .singleElement()
        .extracting(UserException::getMessage)
        .isEqualTo("t.abc, line 8: this tune has no K: field, so no music");
    assertThat(book.omissions().of(Omissions.Kind.NO_EMPTY_LINE)).isEqualTo(3);
  }

  @Test
  void fieldsWithAKeyAndMusicAreATuneThoughTheyHaveNoNumber() {
    AbcBook book =
        AbcBook.parse(
            "t.abc", "L:1/4\n\nT:no number\nK:C\nAB\n\nsome words\nK: a letter\n\nX:1\nK:C\nc\n");
    assertThat(book.unreadable()).isEmpty();
    assertThat(book.tunes()).extracting(AbcTune::title).containsExactly("no number", "X:1");
    assertThat(book.omissions().of(Omissions.Kind.NO_NUMBER)).isEqualTo(1);
    assertThat(book.omissions().of(Omissions.Kind.FREE_TEXT)).isEqualTo(2);
  }

  @Test
  void aTitleOrKeyAboveTheFirstTuneIsNotThatOfTheTunes() {
    AbcBook book = AbcBook.parse("t.abc", "T:My book\nK:G\nL:1/4\n\nX:1\nK:C\nF\n");
    assertThat(book.tunes()).extracting(AbcTune::title).containsExactly("X:1");
    Song song = book.tunes().get(0).song(120, new Omissions());
    assertThat(Abc.pitches(song.voices().get(0).notes())).isEqualTo("F4");
    assertThat(song.voices().get(0).notes().get(0).seconds()).isEqualTo(0.5);
  }

  @Test
  void aBlockOfTextMayHaveEmptyLinesAndATuneInIt() {
    AbcBook book =
        AbcBook.parse(
            "t.abc", "X:1\nT:a\n%%begintext\n\nX:9\nK:C\nc\n%%endtext\nK:C\nAB\n\nX:2\nK:C\nG\n");
    assertThat(book.tunes()).extracting(AbcTune::title).containsExactly("a", "X:2");
    assertThat(book.omissions().of(Omissions.Kind.DIRECTIVE)).isEqualTo(1);
  }

  @Test
  void aBlockWithoutAnEndIsNamedAndCostsNoOtherTune() {
    AbcBook book = AbcBook.parse("t.abc", "X:1\nK:C\nAB\n%%begintext\ncd\n\nX:2\nK:C\nG\n");
    assertThat(book.tunes()).hasSize(2);
    assertThat(book.unreadable())
        .singleElement()
        .extracting(UserException::getMessage)
        .isEqualTo(
            "t.abc, line 4: expected %%endtext below, found none: left out to the next empty line");
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
