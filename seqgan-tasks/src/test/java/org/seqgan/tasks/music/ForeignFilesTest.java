package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.abc.AbcBook;
import org.seqgan.tasks.music.midi.Smf;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/**
 * Small files of kinds that other programs write, each with one thing that the formats forbid or
 * that readers often get wrong, and what is right. The MIDI files have a quarter note of 96 ticks.
 */
class ForeignFilesTest {
  private final Omissions omissions = new Omissions();

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = ForeignFilesTest.class.getResourceAsStream("cases/" + name)) {
      return in.readAllBytes();
    }
  }

  private Song midi(String name) throws IOException {
    return Smf.song(bytes(name), omissions);
  }

  private List<Song> abc(String name) throws IOException {
    AbcBook book = AbcBook.parse(name, bytes(name));
    assertThat(book.unreadable()).isEmpty();
    omissions.addAll(book.omissions());
    return book.tunes().stream().map(tune -> tune.song(120, omissions)).toList();
  }

  private static List<Tune.Note> melody(Song song) {
    return song.solo(Optional.empty()).notes();
  }

  private static List<Integer> keys(Song song) {
    return melody(song).stream().map(Tune.Note::pitch).toList();
  }

  /** The melody's keys, of which {@code row} is played over and over. */
  private static List<Integer> repeated(int count, Integer... row) {
    return IntStream.range(0, count).mapToObj(i -> row[i % row.length]).toList();
  }

  private static void assertAllLast(Song song, double seconds) {
    assertThat(melody(song))
        .allSatisfy(
            note ->
                assertThat(note.seconds())
                    .isCloseTo(seconds, org.assertj.core.data.Offset.offset(1e-9)));
  }

  @Test
  void allNotesOffEndsANoteThatNothingElseEnds() throws IOException {
    Song song = midi("01-all-notes-off.mid");
    int[] tokens = MelodyReading.DEFAULT.grid().tokens(melody(song));
    assertThat(tokens).hasSize(40).startsWith(76, 40, 42, 44, 45, 47, 40);
    assertThat(omissions.isEmpty()).isTrue();
  }

  @Test
  void runningStatusAfterATextEventGoesOnWithTheLastStatus() throws IOException {
    Song song = midi("02-running-status-after-text.mid");
    assertAllLast(song, 0.4);
    assertThat(keys(song)).hasSize(40).startsWith(60);
    assertThat(keys(song).subList(1, 40)).isEqualTo(repeated(39, 60, 62, 64, 65, 67));
    assertThat(omissions.of(Omissions.Kind.RUNNING_STATUS)).isEqualTo(1);
  }

  @Test
  void namesOfTracksAreUtf8() throws IOException {
    Song song = midi("03-track-name-utf8.mid");
    assertThat(song.title()).isEqualTo("Flöte");
    assertThat(song.voices()).extracting(Song.Voice::name).containsExactly("Flöte", "Baß");
  }

  @Test
  void aTempoOfZeroChangesNothing() throws IOException {
    Song song = midi("04-tempo-zero.mid");
    assertThat(keys(song)).isEqualTo(repeated(40, 60, 62, 64, 65, 67, 69, 71, 72));
    assertAllLast(song, 0.5);
    assertThat(omissions.of(Omissions.Kind.WRONG_TEMPO)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "05-clock-byte-in-track.mid, SYSTEM_MESSAGE",
    "05-meta-type-85.mid, META_TYPE",
  })
  void whatNoFileShouldHaveIsPassed(String file, Omissions.Kind kind) throws IOException {
    Song song = midi(file);
    assertThat(keys(song)).isEqualTo(repeated(40, 60, 62, 64, 65, 67, 69, 71, 72));
    assertAllLast(song, 0.5);
    assertThat(omissions.of(kind)).isEqualTo(1);
  }

  @Test
  void aTrackThatTheHeaderDoesNotCountIsRead() throws IOException {
    Song song = midi("05-fewer-tracks-declared.mid");
    assertThat(song.voices()).hasSize(2);
    assertThat(keys(song)).isEqualTo(repeated(40, 72, 74, 76, 77, 79, 81, 83, 84));
    assertThat(omissions.of(Omissions.Kind.EXTRA_TRACK)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "06-repeat-closed-in-next-part.abc, 60 62 64 65 60 62 64 65 67 69 71 72 67 69 71 72",
    "07-declared-charset.abc, 60 62 64",
    "08-octave.abc, 72 74 76",
    "08-transpose.abc, 72 74 76",
    "09-colon-space-bar.abc, 60 62 60 62 64 65 64 65",
    "11-tempo-range.abc, 60 62",
  })
  void theKeysOfAnAbcTuneAre(String file, String keys) throws IOException {
    List<Song> songs = abc(file);
    assertThat(songs).hasSize(1);
    assertThat(keys(songs.get(0)).stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .isEqualTo(keys);
  }

  @Test
  void aDeclaredCharsetIsThatOfTheTitle() throws IOException {
    assertThat(abc("07-declared-charset.abc")).extracting(Song::title).containsExactly("Café");
    assertThat(omissions.isEmpty()).isTrue();
  }

  @Test
  void aTuneMayBeginWithoutAnEmptyLineBeforeIt() throws IOException {
    List<Song> songs = abc("10-no-empty-line.abc");
    assertThat(songs.stream().collect(Collectors.toMap(Song::title, ForeignFilesTest::keys)))
        .isEqualTo(Map.of("a", List.of(60, 62, 64), "b", List.of(64, 65, 67)));
    assertThat(omissions.of(Omissions.Kind.NO_EMPTY_LINE)).isEqualTo(1);
  }

  @Test
  void aRangeOfTempoIsPlayedAtItsBeginning() throws IOException {
    Song song = abc("11-tempo-range.abc").get(0);
    assertThat(melody(song).get(0).seconds())
        .as("a quarter note at 100 a minute")
        .isCloseTo(0.6, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(omissions.of(Omissions.Kind.TEMPO_IN_PART)).isEqualTo(1);
  }
}
