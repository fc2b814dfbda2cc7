package org.seqgan.tasks.music.abc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/** What the music of an ABC tune sounds like; sections are those of the ABC standard 2.1. */
class AbcMusicTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "C D E F G A B c; C4 D4 E4 F4 G4 A4 B4 C5",
        "C, C,, c' c''; C3 C2 C6 C7",
        "c, C'; C4 C5",
        "^C _D =E ^^F __G; C#4 C#4 E4 G4 F4",
        "^C C c | C; C#4 C#4 C#5 C4",
        "^F =F F; F#4 F4 F4",
        "_B B | B; A#4 A#4 B4",
        "^c- | c c; C#5 C5",
        "z C x D; C4 D4",
        "\"Am\"A \"^slow\"B; A4 B4",
        "{cd}E {/f}G; E4 G4",
        "(A B) (c (d e)); A4 B4 C5 D5 E5",
        "!trill!A .B ~c Td +fermata+e; A4 B4 C5 D5 E5",
        "A`B y C y2 D; A4 B4 C4 D4",
        "AB$CD * # ; A4 B4 C4 D4",
        "A % B C; A4",
      })
  void itsNotesAre(String music, String pitches) {
    assertThat(Abc.pitches(music)).isEqualTo(pitches);
  }

  @ParameterizedTest(name = "{0} lasts {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "A A2 A3 A/2 A/ A// A3/2 A3/4; 1 2 3 0.5 0.5 0.25 1.5 0.75",
        "A>B A<B A>>B A<<<B; 1.5 0.5 0.5 1.5 1.75 0.25 0.125 1.875",
        "A > B C; 1.5 0.5 1",
        "(3ABC (3:2A2B2C2 D; 0.667 0.667 0.667 1.333 1.333 1.333 1",
        "(2AB (4ABcd (6ABcdef; 1.5 1.5 0.75 0.75 0.75 0.75 0.333 0.333 0.333 0.333 0.333 0.333",
        "(3:2:2AB C; 0.667 0.667 1",
        "(10:5:1A B; 0.5 1",
        "(3::2AB C; 0.667 0.667 1",
        "(3:4:2AB C; 1.333 1.333 1",
        "(3AzB C; 0.667 0.667 1",
        "(3A>BC; 1 0.333 0.667",
        "A2-A A-|A; 3 2",
        "A-B; 1 1",
        "[Ac]2 [A2c2]2 [AC/]; 2 2 4 4 1 0.5",
        "[A-c]A; 2 1",
      })
  void itsLengthsInEighthsAre(String music, String eighths) {
    assertThat(Abc.eighths(music)).isEqualTo(eighths);
  }

  @Test
  void restsTakeTheirTime() {
    assertThat(Abc.notes("A z2 B")).extracting(note -> note.start()).containsExactly(0.0, 0.75);
    assertThat(Abc.notes("A | Z2 | B")).extracting(note -> note.start()).last().isEqualTo(4.25);
  }

  @Test
  void aChordLastsAsItsFirstNoteDoes() {
    assertThat(Abc.notes("[A2c] B")).extracting(note -> note.start()).endsWith(0.5);
  }

  @ParameterizedTest(name = "{0} is played {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "|:A|B:|c|; A B A B c",
        "A|B:|c|; A B A B c",
        "|:A:|:B:|c|; A A B B c",
        "|:A::B:|; A A B B",
        "A:|B:|; A A B B",
        "|:A|1B:|2c|]d|; A B A c d",
        "|:A|[1B:|[2c||d|; A B A c d",
        "|:A|1B:|2c|d|; A B A c d",
        "|:A [1B:| [2c:|d|; A B A c d",
        "|:A|[1,3B:|[2c:|]d|; A B A c A B d",
        "|:A|[1-3B:|[4c||d|; A B A B A B A c d",
        "|::A::|B|; A A A B",
        "|:A||B:|; A B A B",
        "|: || |:A:|; A A",
        "A|1B:| |2c||d:|; A B A c d d",
        "|:A|[1B:|[2c||:d|[1e:|[2f|]; A B A c d e d f",
        "A [|] B [| C |] D; A B C D",
        "A :| | : B :|; A A B B",
        "A | :| B | :| C; A A B B C",
        "A | B : | C; A B A B C",
        "|: A | |: B :| C; A B B C",
        "A | : B :|; A B B",
        "A : | : B : |; A A B B",
        "|: A | : | B; A A B",
        "A :|: B :|; A A B B",
        "A :||: B :||; A A B B",
        "A :: B :|; A A B B",
        "A : : B :|; A A B B",
        "A :|:: B ::| C; A A B B B C",
        "[|: A :|] B; A A B",
        "[: A :] B; A A B",
        "[|::: A :::| B; A A A A B",
        "A |[| B || C ]; A B C",
        "A [] B .| C | | D; A B C D",
        "|: A |1 B :|2 C :| D; A B A C D",
        "|: A | [1 B :| [2 C |] D; A B A C D",
        "|: A | 1 B :| 2 C || D; A B A C D",
        "|: A |[1 B :|[2 C |]|: D :|; A B A C D D",
        "A|B||c:|; A B c A B c",
      })
  void itsRepeatsArePlayedOut(String music, String played) {
    String expected = played.replaceAll("([A-G])", "$14").replaceAll("([a-g])", "$15");
    assertThat(Abc.pitches(music)).isEqualToIgnoringCase(expected);
  }

  @Test
  void aTieReachesIntoEachEnding() {
    assertThat(Abc.eighths("|:G4-|1G2:|2G||")).isEqualTo("6 5");
  }

  @ParameterizedTest(name = "K:{0} raises to {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "C; C D E F G A B",
        "G; C D E F# G A B",
        "Gm; C D D# F G A A#",
        "Ador; C D E F# G A B",
        "A Dorian; C D E F# G A B",
        "Dmix; C D E F# G A B",
        "E minor; C D E F# G A B",
        "F#m; C# D E F# G# A B",
        "Bb; C D D# F G A A#",
        "Cb; B C# D# E F# G# A#",
        "C#; C# D# F F# G# A# C",
        "F Lydian; C D E F G A B",
        "E PHRYGIAN; C D E F G A B",
        "BLoc; C D E F G A B",
        "Hp; C# D E F# G A B",
        "HP; C# D E F# G A B",
        "none; C D E F G A B",
        "D exp _b ^f; C D E F# G A A#",
        "D Phr ^f; C D D# F# G A A#",
        "G clef=bass; C D E F# G A B",
        "Am treble-8; C D E F G A B",
      })
  void aKeyRaisesLetters(String key, String names) {
    String played = Abc.pitches(Abc.notes("M:4/4\nL:1/8\nK:" + key, "CDEFGAB"));
    assertThat(played.replaceAll("\\d", "")).isEqualTo(names);
  }

  @Test
  void anEmptyKeyHasNoSharps() {
    assertThat(Abc.pitches(Abc.notes("K:", "FB"))).isEqualTo("F4 B4");
  }

  @Test
  void accidentalsReachAsFarAsADirectiveSays() {
    String octave = "%%propagate-accidentals octave\nK:C";
    assertThat(Abc.pitches(Abc.notes(octave, "^Ccc^cC|C"))).isEqualTo("C#4 C5 C5 C#5 C#4 C4");
    String not = "I:propagate-accidentals not\nK:C";
    assertThat(Abc.pitches(Abc.notes(not, "^CC"))).isEqualTo("C#4 C4");
  }

  @ParameterizedTest(name = "Q:{0} makes a quarter last {1} s")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1/4=120; 0.5",
        "3/8=80; 0.5",
        "1/4 1/8=100; 0.4",
        "\"Allegro\" 1/4=150; 0.4",
        "1/4=150 \"Allegro\"; 0.4",
        "\"Andante\"; 0.5",
        "240; 0.5",
        "C=240; 0.5",
        "C2=120; 0.5",
        "1/8=171.428571; 0.7",
        "1/4=100-120; 0.6",
        "1/4 = 100 - 120; 0.6",
        "1/4=ca. 150; 0.4",
        "1/4=ca.150; 0.4",
        "1/4=150 bpm; 0.4",
        "3/8=80 (1/4=120); 0.5",
        "240-300; 0.5",
        "c. 240; 0.5",
        "Allegro 1/4=150; 0.4",
        "1/4=0; 0.5",
        "fast; 0.5",
      })
  void aTempoGivesSeconds(String tempo, double seconds) {
    double quarter = Abc.notes("M:4/4\nL:1/8\nQ:" + tempo + "\nK:C", "A2").get(0).seconds();
    assertThat(quarter).isCloseTo(seconds, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void aTempoMayChange() {
    assertThat(Abc.notes("A2[Q:1/4=60]A2\nQ:1/4=240\nA2"))
        .extracting(note -> note.seconds())
        .containsExactly(0.5, 1.0, 0.25);
  }

  @ParameterizedTest(name = "{0}: {1} eighths")
  @CsvSource({"M:2/4,0.5", "M:3/4,1", "M:C,1", "M:C|,1", "M:none,1", "M:(2+3)/8,0.5", "M:7/8,1"})
  void theMeterGivesTheUnit(String meter, String eighths) {
    assertThat(Abc.eighths(Abc.notes(meter + "\nK:C", "A"))).isEqualTo(eighths);
  }

  @Test
  void aChangeOfMeterDoesNotChangeTheUnit() {
    assertThat(Abc.eighths(Abc.notes("M:4/4\nK:C", "A\nM:2/4\nA [L:1/4]A"))).isEqualTo("1 1 2");
  }

  @Test
  void aTupletOfFiveTakesTheTimeOfThreeInACompoundMeter() {
    assertThat(Abc.eighths(Abc.notes("M:6/8\nL:1/8\nK:C", "(5ABcde"))).startsWith("0.6");
    assertThat(Abc.eighths(Abc.notes("M:4/4\nL:1/8\nK:C", "(5ABcde"))).startsWith("0.4");
  }

  @Test
  void aKeyMayChangeWithinALine() {
    assertThat(Abc.pitches("F[K:G]F")).isEqualTo("F4 F#4");
  }

  @Test
  void partsArePlayedInTheOrderOfTheHeader() {
    String fields = "P:A(BA)2.B\nL:1/8\nK:C";
    assertThat(Abc.pitches(Abc.notes(fields, "G|\nP:A\nA|\nP:B\nB|")))
        .isEqualTo("G4 A4 B4 A4 B4 A4 B4");
  }

  @Test
  void partsWithoutAnOrderArePlayedAsWritten() {
    assertThat(Abc.pitches("P:B\nB|\nP:A\nA:|")).isEqualTo("B4 A4 A4");
  }

  @ParameterizedTest(name = "{0} is played {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "P:A/|:A/P:B/::B:|; A A B B",
        "P:A/|:A/P:B/B:|; A B A B",
        "P:A/|:A|/P:B/B|1 C:|2 D|]; A B C A B D",
        "P:A/|:A|1 B:|2 C/P:B/D:|; A B A C D D",
        "P:A/A:|/P:B/B:|; A A B B",
        "P:A/A||/P:B/B:|; A B B",
        "P:A/A/P:B/B:|; A B B",
        "P:A/|:A/P:B/B; A B",
      })
  void aRepeatThatIsStartedGoesOnInTheNextPart(String music, String played) {
    String expected = played.replaceAll("([A-G])", "$14");
    assertThat(Abc.pitches(music.replace('/', '\n'))).isEqualTo(expected);
  }

  @Test
  void aRepeatThatIsStartedGoesOnInThePartThatIsPlayedNext() {
    assertThat(Abc.pitches(Abc.notes("P:ABA\nL:1/8\nK:C", "P:A\n|:C\nP:B\n::D:|")))
        .isEqualTo("C4 C4 D4 D4 C4");
  }

  @Test
  void aRepeatThatGoesBackToElsewhereThanTheStandardRecommendsIsCounted() {
    assertThat(counted("P:A\nA|\nP:B\nB:|", Omissions.Kind.REPEAT_FROM_PART)).isEqualTo(1);
    assertThat(counted("A||B:|", Omissions.Kind.REPEAT_PAST_DOUBLE_BAR)).isEqualTo(1);
    for (String music : new String[] {"P:A\nA:|\nP:B\nB:|", "P:A\nA||\nP:B\nB:|", "|:A||B:|"}) {
      assertThat(counted(music, Omissions.Kind.REPEAT_FROM_PART)).as(music).isZero();
      assertThat(counted(music, Omissions.Kind.REPEAT_PAST_DOUBLE_BAR)).as(music).isZero();
    }
  }

  private static long counted(String music, Omissions.Kind kind) {
    Omissions omissions = new Omissions();
    AbcBook.parse(Abc.FILE, "X:1\nK:C\n" + music + "\n").tunes().get(0).song(120, omissions);
    return omissions.of(kind);
  }

  @Test
  void aPartIsOneOfAllVoices() {
    String body = "P:A\nV:1\nA\nV:2\nC\nP:B\nV:1\nB\nV:2\nD\n";
    Song song = Abc.song("X:1\nP:ABA\nL:1/8\nK:C\n" + body);
    assertThat(song.voices())
        .extracting(voice -> Abc.pitches(voice.notes()))
        .containsExactly("A4 B4 A4", "C4 D4 C4");
    String apart = "V:1\nP:A\nA\nP:B\nB\nV:2\nP:A\nC\nP:B\nD\n";
    assertThat(Abc.song("X:1\nP:ABA\nL:1/8\nK:C\n" + apart).voices())
        .extracting(voice -> Abc.pitches(voice.notes()))
        .containsExactly("A4 B4 A4", "C4 D4 C4");
  }

  @ParameterizedTest(name = "{0} plays {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "K:C octave=1; C5 D5",
        "K:C octave=-2; C2 D2",
        "K:C octave=+1; C5 D5",
        "K:C transpose=3; D#4 F4",
        "K:C transpose=-12; C3 D3",
        "K:C treble-8; C3 D3",
        "K:C treble+8; C5 D5",
        "K:C clef=treble-8; C3 D3",
        "K:C clef=\"bass+8\"; C5 D5",
        "K:C clef=G2-15; C2 D2",
        "K:C bass4-8; C3 D3",
        "K:treble-8; C3 D3",
        "K:C treble^8; C4 D4",
        "K:C treble_8; C4 D4",
        "K:C bass; C4 D4",
        "K:C clef=bass middle=d; C4 D4",
        "K:C stafflines=1; C4 D4",
        "K:C treble-8 octave=2 transpose=1; C#5 D#5",
        "V:1 octave=1/K:C/V:1; C5 D5",
        "V:1 name=\"octave=3 flute\" octave=1/K:C/V:1; C5 D5",
        "K:C octave=1/V:1; C5 D5",
        "K:C octave=1/V:1 octave=-1; C3 D3",
        "K:C transpose=2/V:1 octave=1; D5 E5",
        "K:C/V:1 treble-8; C3 D3",
        "V:1 octave=2/K:C/V:1 octave=0; C4 D4",
        "V:2 octave=2/K:C/V:1; C4 D4",
      })
  void aClefOrASettingMovesThePitch(String fields, String played) {
    assertThat(Abc.pitches(Abc.notes("L:1/8\n" + fields.replace('/', '\n'), "CD")))
        .isEqualTo(played);
  }

  @Test
  void aSettingHoldsUntilItIsSetAgainAndAClefUntilTheNextClef() {
    assertThat(Abc.pitches("C[K:octave=1]C[K:G]C[K:C octave=0]C")).isEqualTo("C4 C5 C5 C4");
    assertThat(Abc.pitches("C[K:treble-8]C[K:G]C[K:treble]C")).isEqualTo("C4 C3 C3 C4");
    assertThat(Abc.pitches("C[V:1 transpose=2]C\nK:C transpose=0\nC")).isEqualTo("C4 D4 C4");
  }

  @Test
  void aFieldThatNamesAClefAloneKeepsTheKey() {
    assertThat(Abc.pitches(Abc.notes("K:G", "F[K:clef=bass]F[K:octave=1]F[K:none]F")))
        .isEqualTo("F#4 F#4 F#5 F5");
  }

  @Test
  void aMovedNoteTakesItsAccidentalsFromWhereItIsWritten() {
    assertThat(Abc.pitches(Abc.notes("K:D transpose=1", "F ^G G | G"))).isEqualTo("G4 A4 A4 G#4");
  }

  @Test
  void aLineThatGoesOnAndALineOfLyricsChangeNothing() {
    assertThat(Abc.pitches("A\\\nB\nw:la la\nc\n%%MIDI program 1\nd")).isEqualTo("A4 B4 C5 D5");
  }

  @Test
  void aLineThatIsANoteBeforeARepeatIsNoField() {
    assertThat(Abc.pitches("A\nB:|")).isEqualTo("A4 B4 A4 B4");
    assertThat(Abc.pitches("A\nB: |")).isEqualTo("A4 B4 A4 B4");
    assertThat(Abc.pitches("A\nB:]")).isEqualTo("A4 B4 A4 B4");
    assertThat(Abc.pitches("A\nB: : C:|")).isEqualTo("A4 B4 A4 B4 C4 C4");
  }

  @Test
  void theVoiceOfTheHighestMeanPitchIsTheTuneUnlessOneIsNamed() {
    Song song = Abc.song("X:1\nL:1/8\nK:C\nV:low\nC D\nV:high\nc' d'\n[V:low] E\n");
    assertThat(Abc.pitches(song.solo(java.util.Optional.empty()).notes())).isEqualTo("C6 D6");
    assertThat(Abc.pitches(song.solo(java.util.Optional.of("low")).notes())).isEqualTo("C4 D4 E4");
    assertThat(Abc.pitches(song.solo(java.util.Optional.of("1")).notes())).isEqualTo("C4 D4 E4");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "L:1/4;K:G;V:S;FGAB|;V:B;F,G,A,B,|",
        "L:1/4;K:G;[V:S]FGAB|;[V:B]F,G,A,B,|",
        "[L:1/4][K:G][V:S]FGAB|;[V:B]F,G,A,B,|",
        "Q:1/8=120;K:G;[V:S]FGAB|;[V:B]F,G,A,B,|",
      })
  void aFieldBeforeTheFirstVoiceIsForAllVoices(String body) {
    Song song = Abc.song("X:1\nL:1/8\nQ:1/4=120\nK:C\n" + body.replace(';', '\n'));
    assertThat(song.voices()).extracting(Song.Voice::name).containsExactly("S", "B");
    assertThat(song.voices().get(0).notes())
        .extracting(Tune.Note::pitch)
        .containsExactly(66, 67, 69, 71);
    assertThat(song.voices().get(1).notes())
        .extracting(Tune.Note::pitch)
        .containsExactly(54, 55, 57, 59);
    assertThat(song.voices().stream().flatMap(voice -> voice.notes().stream()))
        .extracting(Tune.Note::seconds)
        .containsOnly(0.5);
  }

  @Test
  void aPartBeforeTheFirstVoiceIsOneOfAllVoices() {
    Song song = Abc.song("X:1\nP:AB\nL:1/8\nK:C\nP:A\nV:S\nA\nV:B\nC\nP:B\nV:S\nB\nV:B\nD\n");
    assertThat(song.voices())
        .extracting(voice -> voice.name() + " " + Abc.pitches(voice.notes()))
        .containsExactly("S A4 B4", "B C4 D4");
  }

  @Test
  void aFieldBehindMusicWithoutAVoiceIsForTheVoiceOfThatMusic() {
    Song song = Abc.song("X:1\nL:1/8\nK:C\nF\nK:G\nF\nV:2\nF\n");
    assertThat(song.voices())
        .extracting(voice -> voice.name() + " " + Abc.pitches(voice.notes()))
        .containsExactly("1 F4 F#4", "2 F4");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "V:1;C,D,E,F,|[Q:1/4=60]C,D,E,F,|;V:2;cdef|cdef|",
        "V:2;cdef|cdef|;V:1;C,D,E,F,|[Q:1/4=60]C,D,E,F,|",
        "V:1;C,D,E,F,|;V:2;cdef|;Q:1/4=60;V:1;C,D,E,F,|;V:2;cdef|",
        "V:1;C,D,E,F,|[Q:1/4=60]C,D,E,F,|;V:2;cdef|[Q:1/4=60]cdef|",
      })
  void aTempoWithinTheMusicIsThatOfAllVoices(String body) {
    Song song = Abc.song("X:1\nM:4/4\nL:1/4\nQ:1/4=120\nK:C\n" + body.replace(';', '\n'));
    assertThat(song.voices()).hasSize(2);
    for (Song.Voice voice : song.voices()) {
      assertThat(voice.notes())
          .extracting(Tune.Note::seconds)
          .containsExactly(0.5, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0);
      assertThat(voice.notes())
          .extracting(Tune.Note::start)
          .containsExactly(0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0);
    }
  }

  @Test
  void aNoteOverWhichTheTempoChangesLastsAsItsPartsDo() {
    Song song = Abc.song("X:1\nL:1/4\nQ:1/4=120\nK:C\nV:1\nC[Q:1/4=60]C[Q:1/4=30]C\nV:2\nc3c\n");
    assertThat(song.voices().get(1).notes())
        .containsExactly(new Tune.Note(72, 0, 3.5), new Tune.Note(72, 3.5, 2));
  }

  @Test
  void aTempoThatIsRepeatedIsSoForAllVoices() {
    Song song = Abc.song("X:1\nL:1/4\nQ:1/4=120\nK:C\nV:1\n|:C[Q:1/4=60]C[Q:1/4=120]:|\nV:2\nc4\n");
    assertThat(song.voices().get(1).notes()).containsExactly(new Tune.Note(72, 0, 3));
  }
}
