package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.tasks.music.song.Song;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

class MusicTaskTest extends TaskContract {
  static MusicOptions options(String data, Windows windows) {
    return new MusicOptions(Path.of(data), 32, windows, 0.1, 0.1, 1, MelodyReading.DEFAULT);
  }

  @Override
  protected Optional<TaskProvider<?>> provider() {
    return Optional.of(new MusicTaskProvider());
  }

  @Override
  protected Task open(long seed) {
    return new MusicTaskProvider().open(DataContext.offline(seed), options("sample", Windows.ALL));
  }

  @Test
  void itSaysThatTheSampleIsNotTheCorpus() {
    try (Task task = open(1)) {
      assertThat(task.data().provenance())
          .first()
          .asString()
          .contains("built-in sample, written for seqgan, NOT the corpus")
          .contains("seqgan data fetch music");
      assertThat(task.data().provenance())
          .last()
          .asString()
          .startsWith("30 tunes, divided at random: ");
    }
  }

  @Test
  void itsSequencesHaveFullLengthAndNoRests() {
    try (Task task = open(1)) {
      assertThat(task.data().vocabulary().size()).isEqualTo(89);
      assertThat(task.data().vocabulary().endToken()).isEmpty();
      assertThat(task.data().training().lengths()).containsOnly(32);
      assertThat(task.data().training().tokens()).doesNotContain(Keyboard.REST);
    }
  }

  @Test
  void itShowsNotesByName() {
    try (Task task = open(1)) {
      assertThat(task.show(new int[] {54, 54, 58, 0, 1, 88})).isEqualTo("D5 D5 F#5 - A0 C8");
    }
  }

  @Test
  void itsTuneHoldsEqualNeighbours() {
    try (Task task = open(1)) {
      assertThat(task.tune(new int[] {54, 54, 0, 58}).orElseThrow().notes())
          .containsExactly(new Tune.Note(74, 0, 0.8), new Tune.Note(78, 3 * 0.4, 0.4));
      assertThat(task.tune(new int[] {0, 0}).orElseThrow().notes()).isEmpty();
    }
  }

  @Test
  void itsFilesAreMidiAndAbc() {
    try (Task task = open(1)) {
      var files = task.files(new int[] {54, 54, 58, 57, 0, 40});
      assertThat(files).containsOnlyKeys("mid", "abc");
      assertThat(files.get("mid")).startsWith('M', 'T', 'h', 'd');
      assertThat(new String(files.get("abc"), StandardCharsets.UTF_8))
          .isEqualTo("X:1\nT:seqgan\nM:4/4\nL:1/8\nQ:1/8=150\nK:C\nd2^f=fzC|]\n");
    }
  }

  @Test
  void windowsOfOneTuneStayInOneSet() {
    Library library = Library.sample(120);
    PitchGrid grid = MelodyReading.DEFAULT.grid();
    try (Task task = open(1)) {
      for (Song song : library.songs()) {
        int[] tokens = grid.tokens(song.solo(Optional.empty()).notes());
        boolean[] in = new boolean[3];
        for (int start = 0; start + 32 <= tokens.length; start += 32) {
          int[] window = java.util.Arrays.copyOfRange(tokens, start, start + 32);
          in[0] |= contains(task.data().training(), window);
          in[1] |= contains(task.data().validation(), window);
          in[2] |= contains(task.data().test(), window);
        }
        int sets = (in[0] ? 1 : 0) + (in[1] ? 1 : 0) + (in[2] ? 1 : 0);
        assertThat(sets).as(song.title()).isEqualTo(1);
      }
    }
  }

  private static boolean contains(org.seqgan.api.data.Sequences all, int[] row) {
    for (int i = 0; i < all.count(); i++) {
      if (java.util.Arrays.equals(all.row(i), row)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theCorpusHasToBeFetchedFirst() {
    assertThatThrownBy(
            () ->
                new MusicTaskProvider()
                    .open(DataContext.offline(1), options("corpus", Windows.FIRST)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was not fetched");
  }

  @Test
  void sequencesLongerThanTheTunesAreAnError() {
    MusicOptions options =
        new MusicOptions(
            Path.of("sample"), 1000, Windows.FIRST, 0.1, 0.1, 1, MelodyReading.DEFAULT);
    assertThatThrownBy(() -> new MusicTaskProvider().open(DataContext.offline(1), options))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no tune gives a sequence of 1000 tokens (400.0 s)")
        .hasMessageContaining("30 shorter than 400.0 s");
  }

  @Test
  void itReadsWhatItShows() {
    try (Task task = open(1)) {
      int[] tokens = {54, 54, 58, 0, 1, 88};
      assertThat(task.read(" D5 D5\tf#5 -  A0 C8 ")).contains(tokens);
      assertThat(task.read(task.show(tokens))).contains(tokens);
      assertThat(task.read(" ")).contains(new int[0]);
      assertThatThrownBy(() -> task.read("D5 H4"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "'H4' is no key of the piano; expected names with spaces between them, such as C4 for middle C, F#5, and - for a rest");
    }
  }
}
