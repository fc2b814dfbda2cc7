package org.seqgan.tasks.music.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/** Ticks are 96 to a quarter note, 0x60, unless a test says otherwise. */
class MidiReaderTest {
  private static final int TICKS = 96;

  private static Song song(int format, String... tracks) {
    return Smf.song(Smf.file(format, TICKS, tracks));
  }

  @Test
  void aNoteLastsFromOnToOff() {
    assertThat(song(0, "00 90 3c 40  60 80 3c 00").voices().get(0).notes())
        .containsExactly(new Tune.Note(60, 0, 0.5));
  }

  @Test
  void runningStatusAndANoteOnWithoutLoudnessAreRead() {
    assertThat(song(0, "00 90 3c 40  60 3c 00  00 3e 40  60 3e 00").voices().get(0).notes())
        .containsExactly(new Tune.Note(60, 0, 0.5), new Tune.Note(62, 0.5, 0.5));
  }

  @Test
  void theTempoMapOfOneTrackHoldsForAll() {
    String conductor = "00 ff 51 03 0f 42 40  60 ff 51 03 03 d0 90";
    assertThat(song(1, conductor, "00 90 3c 40  81 40 80 3c 00").voices().get(0).notes())
        .as("a quarter of 1 s, then one of 0.25 s")
        .containsExactly(new Tune.Note(60, 0, 1.25));
  }

  @Test
  void framesPerSecondAreRead() {
    int twentyFiveFramesOfForty = 0xE728;
    byte[] file = Smf.file(0, twentyFiveFramesOfForty, "00 90 3c 40  87 68 80 3c 00");
    assertThat(Smf.song(file).voices().get(0).notes().get(0).seconds())
        .as("1000 ticks of 1 ms")
        .isEqualTo(1.0);
  }

  @Test
  void theTrackOfTheHighestMeanPitchIsTheTuneUnlessOneIsNamed() {
    Song song =
        song(
            1,
            "00 ff 03 04 42 61 73 73  00 90 24 40  60 80 24 00",
            "00 ff 03 04 4c 65 61 64  00 90 48 40  60 80 48 00");
    assertThat(song.solo(Optional.empty()).name()).isEqualTo("Lead");
    assertThat(song.solo(Optional.of("Bass")).notes())
        .extracting(Tune.Note::pitch)
        .containsOnly(36);
    assertThat(song.solo(Optional.of("2")).name()).isEqualTo("Lead");
    assertThatThrownBy(() -> song.solo(Optional.of("Flute")))
        .hasMessage("t.mid: there is no track 'Flute'; it has 'Bass', 'Lead'");
  }

  @Test
  void theChannelsOfOneTrackAreApartAndDrumsAreNoTune() {
    Song song = song(0, "00 90 3c 40 00 91 48 40 00 99 60 40 60 80 3c 00 00 81 48 00 00 89 60 00");
    assertThat(song.voices()).hasSize(2);
    assertThat(song.solo(Optional.empty()).notes()).extracting(Tune.Note::pitch).containsOnly(72);
  }

  @Test
  void aNoteThatNothingEndsLastsAsLongAsItsTrack() {
    assertThat(song(0, "00 90 3c 40  60 b0 07 40").voices().get(0).notes())
        .containsExactly(new Tune.Note(60, 0, 0.5));
  }

  @Test
  void aNoteStruckAgainEndsTheOneBefore() {
    assertThat(song(0, "00 90 3c 40 60 90 3c 40 60 80 3c 00").voices().get(0).notes())
        .containsExactly(new Tune.Note(60, 0, 0.5), new Tune.Note(60, 0.5, 0.5));
  }

  @Test
  void aNoteOffBehindTheNoteOnOfItsTickEndsTheNoteBefore() {
    String again = " 60 90 3c 40  00 80 3c 00";
    assertThat(song(0, "00 90 3c 40" + again.repeat(3) + " 60 80 3c 00").voices().get(0).notes())
        .containsExactly(
            new Tune.Note(60, 0, 0.5),
            new Tune.Note(60, 0.5, 0.5),
            new Tune.Note(60, 1, 0.5),
            new Tune.Note(60, 1.5, 0.5));
  }

  @Test
  void aNoteOffEndsOneNote() {
    String doubled = "00 90 3c 40  00 90 3c 40";
    Omissions omissions = new Omissions();
    String ends = " 00 80 3c 00  00 80 3c 00";
    String tune = doubled + " 60 90 3c 40  00 90 3c 40" + ends + " 60 80 3c 00  00 80 3c 00";
    assertThat(Smf.song(Smf.file(0, TICKS, tune), omissions).voices().get(0).notes())
        .containsExactly(new Tune.Note(60, 0, 0.5), new Tune.Note(60, 0.5, 0.5));
    assertThat(omissions.of(Omissions.Kind.EMPTY_NOTE)).isEqualTo(2);
  }

  @Test
  void aNoteThatEndsWhereItBeginsIsLeftOut() {
    Omissions omissions = new Omissions();
    String struckAgain = "00 90 3c 40  60 90 3c 40  00 80 3c 00  00 80 3c 00";
    String alone = " 60 90 3c 40  00 80 3c 00";
    byte[] file = Smf.file(0, TICKS, struckAgain + alone);
    assertThat(Smf.song(file, omissions).voices().get(0).notes())
        .containsExactly(new Tune.Note(60, 0, 0.5));
    assertThat(omissions.of(Omissions.Kind.EMPTY_NOTE)).isEqualTo(2);
  }

  @Test
  void aFileOfAnotherKindOrCutShortIsAnErrorInWords() {
    byte[] good = Smf.file(0, TICKS, "00 90 3c 40  60 80 3c 00");
    assertError("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8), "starts with MThd");
    assertError(new byte[0], "starts with MThd");
    assertError(Arrays.copyOf(good, good.length - 1), "cut short");
    assertError(Arrays.copyOf(good, 20), "expected 1 tracks, as the header counts them, found 0");
    assertError(Smf.file(0, 0, "00 90 3c 40"), "expected ticks of a quarter note");
    assertError(Smf.file(0, TICKS, "00 3c 40"), "found 0x3C and no status before it");
    assertError(Smf.file(0, TICKS, "00 90 3c 40  ff ff ff 7f 80 3c 00"), "lasts more than 2 hours");
  }

  private static void assertError(byte[] file, String message) {
    assertThatThrownBy(() -> Smf.song(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("t.mid")
        .hasMessageContaining(message);
  }
}
