package org.seqgan.tasks.music.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/**
 * What the format forbids, and what is made of it. Ticks are 96 to a quarter note, 0x60, of 0.5 s;
 * the first track's events begin at byte 22.
 */
class MidiTrackReaderTest {
  private static final int TICKS = 96;

  private final Omissions omissions = new Omissions();

  private List<Tune.Note> notes(String... tracks) {
    return song(Smf.file(tracks.length > 1 ? 1 : 0, TICKS, tracks)).voices().get(0).notes();
  }

  private Song song(byte[] file) {
    return Smf.song(file, omissions);
  }

  private static Tune.Note note(int pitch, double start, double seconds) {
    return new Tune.Note(pitch, start, seconds);
  }

  @ParameterizedTest(name = "controller {0}")
  @ValueSource(ints = {120, 123, 124, 125, 126, 127})
  void aChannelModeMessageEndsAllNotesOfItsChannel(int controller) {
    String end = "60 b0 %02x 00  60 c0 00".formatted(controller);
    assertThat(notes("00 90 3c 40  00 40 40 " + end))
        .containsExactly(note(60, 0, 0.5), note(64, 0, 0.5));
  }

  @ParameterizedTest(name = "controller {0}")
  @ValueSource(ints = {7, 64, 119, 121, 122})
  void anyOtherControllerEndsNone(int controller) {
    String passed = "60 b0 %02x 00  60 80 3c 00".formatted(controller);
    assertThat(notes("00 90 3c 40  " + passed)).containsExactly(note(60, 0, 1));
  }

  @Test
  void aChannelModeMessageReachesOtherTracksButNoOtherChannelOrPort() {
    Song song =
        song(
            Smf.file(
                1,
                TICKS,
                "60 b0 7b 00",
                "00 90 3c 40  81 40 80 3c 00",
                "00 91 3e 40  81 40 81 3e 00",
                "00 ff 21 01 01  00 90 40 40  81 40 80 40 00",
                "60 90 41 40  60 80 41 00"));
    assertThat(song.voices().stream().flatMap(voice -> voice.notes().stream()))
        .containsExactly(note(60, 0, 0.5), note(62, 0, 1), note(64, 0, 1), note(65, 0.5, 0.5));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "ff 01 01 41, a text",
    "ff 7f 00, a meta event without content",
    "f0 02 01 f7, a system exclusive event",
    "f7 01 f8, an escape",
    "f3 05, a system common message",
  })
  void runningStatusGoesOnAfter(String event, String what) {
    assertThat(notes("00 90 3c 40  00 " + event + " 60 3c 00  00 3e 40  60 3e 00"))
        .containsExactly(note(60, 0, 0.5), note(62, 0.5, 0.5));
    assertThat(omissions.of(Omissions.Kind.RUNNING_STATUS)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"f8", "fa", "fb", "fc", "fe", "f9", "fd", "f6", "f4", "f5", "f1 10", "f2 10 20"})
  void aSystemMessageIsPassedWithItsData(String message) {
    assertThat(notes("00 90 3c 40  30 " + message + " 30 80 3c 00"))
        .containsExactly(note(60, 0, 0.5));
    assertThat(omissions.of(Omissions.Kind.SYSTEM_MESSAGE)).isEqualTo(1);
  }

  @Test
  void aRealTimeMessageLeavesRunningStatusAsItIs() {
    assertThat(notes("00 90 3c 40  30 f8  30 3c 00")).containsExactly(note(60, 0, 0.5));
    assertThat(omissions.of(Omissions.Kind.RUNNING_STATUS)).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"ff 51 03 00 00 00", "ff 51 02 07 a1", "ff 51 00", "ff 51 04 00 07 a1 20"})
  void aTempoThatCannotBeChangesNothing(String tempo) {
    assertThat(notes("00 ff 51 03 0f 42 40  00 " + tempo + " 00 90 3c 40  60 80 3c 00"))
        .as("a quarter note of 1 s")
        .containsExactly(note(60, 0, 1));
    assertThat(omissions.of(Omissions.Kind.WRONG_TEMPO)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "466c c3b6 7465, Flöte",
    "466c f6 7465, Flöte",
    "e69bb2, 曲",
    "8152, \u0081R",
    "41 00 42, A\u0000B",
    "20 41 20, ' A '",
  })
  void aNameIsUtf8WhereItCanBeAndLosesNoByte(String hex, String name) {
    String digits = hex.replace(" ", "");
    String event = "00 ff 03 %02x %s".formatted(digits.length() / 2, digits);
    Song song = song(Smf.file(0, TICKS, event + " 00 90 3c 40  60 80 3c 00"));
    assertThat(song.title()).isEqualTo(name);
  }

  @Test
  void aTrackMayHaveAWrongLengthOrNoEnd() {
    byte[] good = Smf.file(1, TICKS, "00 90 3c 40  60 80 3c 00", "00 90 40 40  60 80 40 00");
    for (int length : new int[] {0, 5, 11, 13, 100, Integer.MAX_VALUE, -1}) {
      byte[] wrong = good.clone();
      java.nio.ByteBuffer.wrap(wrong).putInt(18, length);
      Omissions counted = new Omissions();
      assertThat(Smf.song(wrong, counted).voices())
          .as("length %d", length)
          .extracting(Song.Voice::notes)
          .containsExactly(List.of(note(60, 0, 0.5)), List.of(note(64, 0, 0.5)));
      assertThat(counted.of(Omissions.Kind.TRACK_LENGTH)).as("length %d", length).isEqualTo(1);
    }
    byte[] endless =
        HexFormat.of()
            .parseHex(
                HexFormat.of()
                    .formatHex(good)
                    .replaceFirst("0000000c(.{16})00ff2f00", "00000008$1"));
    assertThat(song(endless).voices()).hasSize(2);
    assertThat(omissions.of(Omissions.Kind.TRACK_LENGTH)).isEqualTo(1);
  }

  @Test
  void theHeaderMayBeLongerAndCountFewerTracksAndOtherChunksArePassed() {
    String header = "4d546864 00000008 0001 0001 0060 abcd";
    String other = "5846 494c 00000003 010203";
    String track = "4d54726b 0000000c 00903c40 60803c00 00ff2f00";
    byte[] file =
        HexFormat.of().parseHex((header + other + track + other + track).replace(" ", ""));
    assertThat(song(file).voices()).hasSize(2);
    assertThat(omissions.of(Omissions.Kind.EXTRA_TRACK)).isEqualTo(1);
    byte[] longer = java.util.Arrays.copyOf(file, file.length + 5);
    assertThat(Smf.song(longer, omissions).voices()).hasSize(2);
    assertThat(omissions.of(Omissions.Kind.STRAY_BYTE)).isEqualTo(5);
  }

  @Test
  void tracksOfFormat2AreTunesOfTheirOwn() {
    byte[] file =
        Smf.file(
            2,
            TICKS,
            "00 ff 03 01 41  00 ff 51 03 0f 42 40  00 90 3c 40  60 80 3c 00",
            "00 90 40 40  60 80 40 00");
    List<Song> songs = MidiReader.parse("t.mid", file, omissions);
    assertThat(songs).extracting(Song::title).containsExactly("A", "t.mid, track 2");
    assertThat(songs)
        .extracting(song -> song.voices().get(0).notes())
        .as("the tempo of the first is not that of the second")
        .containsExactly(List.of(note(60, 0, 1)), List.of(note(64, 0, 0.5)));
  }

  @Test
  void drumsPedalsOpenNotesAndEmptyOnesAreCounted() {
    notes(
        "00 99 24 40  00 b0 40 7f  00 e0 00 40  00 90 3c 40  00 80 3c 00  00 90 3e 40  60 b0 40 00");
    assertThat(omissions.counted(Omissions.Why.RULE))
        .containsExactly("1 notes of drums (channel 10)", "3 pedals and pitch bends");
    assertThat(omissions.counted(Omissions.Why.LENIENCE))
        .containsExactly(
            "1 notes that nothing ends, held to the end of their track",
            "1 notes without a length, left out");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "00 3c 40; byte 23: expected the status of an event, found 0x3C and no status before it",
        "00 90 bc 40; byte 24: expected a data byte of event 0x90, below 0x80, found 0xBC",
        "00 90 3c c0; byte 25: expected a data byte of event 0x90, below 0x80, found 0xC0",
        "00 f2 01 90; byte 25: expected a data byte of event 0xF2, below 0x80, found 0x90",
        "ff ff ff ff 7f 90 3c 40; byte 22: expected a time of at most 4 bytes, found a fifth",
        "00 ff 01 81 81 81 81 01; byte 25: expected the length of a meta event of at most 4 bytes",
        "00 ff 01 20 41; byte 25: a meta event should have 32 bytes, 5 are left",
        "00 f0 20 41; byte 24: a system exclusive event should have 32 bytes, 5 are left",
      })
  void anyOtherFaultNamesTrackByteAndReason(String events, String message) {
    assertThatThrownBy(() -> notes(events))
        .isInstanceOf(MusicException.class)
        .hasMessageStartingWith("t.mid, track 1, " + message);
  }

  @Test
  void aFaultInAnotherTrackNamesThatOne() {
    assertThatThrownBy(() -> notes("00 90 3c 40  60 80 3c 00", "00 90 ff 40"))
        .hasMessageStartingWith("t.mid, track 2, byte 44: expected a data byte");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "4d546864 00000006 0000 0002 0060 4d54726b 00000004 00ff2f00; byte 26: expected 2 tracks, as the header counts them, found 1",
        "4d546864 00000006 0000 0000 0060; byte 14: expected some tracks",
        "4d546864 00000002 0000 0001 0060; byte 4: expected a header of 6 bytes or some more, found one of 2",
        "4d546864 00000006 0003 0001 0060; byte 8: expected a MIDI file of format 0, 1 or 2, found 3",
        "4d546864 00000006 0000 0001 0000 4d54726b 00000004 00ff2f00; byte 12: expected ticks of a quarter note, or of 24, 25, 29 or 30 frames a second, found none",
        "4d546864 00000006 0000 0001 ec28 4d54726b 00000004 00ff2f00; byte 12: expected ticks of a quarter note, or of 24, 25, 29 or 30 frames a second, found 40 ticks of 20 frames",
      })
  void aFaultOutsideTracksNamesItsByte(String file, String message) {
    byte[] bytes = HexFormat.of().parseHex(file.replace(" ", ""));
    assertThatThrownBy(() -> song(bytes))
        .isInstanceOf(MusicException.class)
        .hasMessageStartingWith("t.mid, " + message);
  }

  @ParameterizedTest(name = "{0} makes 1000 ticks last {1} s")
  @CsvSource({
    "e828, 1.0416666667", // 24 frames of 40 ticks
    "e728, 1.0", // 25
    "e328, 0.8341666667", // 29.97
    "e228, 0.8333333333", // 30
  })
  void framesOfTimeAreThoseOfFilmAndTelevision(String division, double seconds) {
    byte[] file = Smf.file(0, Integer.parseInt(division, 16), "00 90 3c 40  87 68 80 3c 00");
    assertThat(song(file).voices().get(0).notes().get(0).seconds())
        .isCloseTo(seconds, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void aTextIsNoMidiFile() {
    assertThatThrownBy(() -> song("MThd".getBytes(StandardCharsets.US_ASCII)))
        .hasMessage("t.mid: expected a Standard MIDI File, which starts with MThd");
  }
}
