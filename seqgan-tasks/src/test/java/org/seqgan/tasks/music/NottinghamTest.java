package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;
import org.seqgan.tasks.music.abc.AbcBook;
import org.seqgan.tasks.music.abc.AbcTune;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.testkit.DataContext;

/** The whole corpus, where it is. */
class NottinghamTest {
  private static final Path FOLDER = Path.of("../../shared/data/music");

  @BeforeEach
  void needTheCorpus() {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "the Nottingham tunes are not here");
  }

  @Test
  void allTunesButOneAreReadAndThatOneIsNamed() {
    Library library = Library.read(FOLDER, 120);
    assertThat(library.files()).isEqualTo(14);
    assertThat(library.songs()).hasSize(1033);
    assertThat(library.unreadable())
        .extracting(UserException::getMessage)
        .containsExactly(
            "jigs.abc, line 2236, column 52: expected a note or the closing ] of this chord, found"
                + " '3'");
    assertThat(library.allOmissions().of(Omissions.Kind.RESERVED))
        .as("characters that mean nothing")
        .isEqualTo(3);
  }

  @Test
  void barsAreAsLongAsTheirMeterButForUpbeatsAndEndsOfRepeats() throws IOException {
    SampleTest.Bars bars = new SampleTest.Bars(0, 0, 0);
    for (Corpus.File file : Nottingham.CORPUS.files()) {
      String text = Files.readString(FOLDER.resolve(file.name()), StandardCharsets.UTF_8);
      for (AbcTune tune : AbcBook.parse(file.name(), text).tunes()) {
        bars = bars.plus(SampleTest.Bars.of(tune));
      }
    }
    assertThat(bars).isEqualTo(new SampleTest.Bars(20_273, 2_906, 2));
  }

  @Test
  void theTaskTakesOneSequenceOfEachTune() {
    DataContext context = new DataContext(1, Optional.of(FOLDER));
    MusicOptions options = MusicTaskTest.options("corpus", Windows.FIRST);
    try (var task = new MusicTaskProvider().open(context, options)) {
      assertThat(task.data().training().count()).isEqualTo(810);
      assertThat(task.data().validation().count()).isEqualTo(101);
      assertThat(task.data().test().count()).isEqualTo(101);
      assertThat(task.data().provenance())
          .anyMatch(line -> line.contains("Nottingham Music Database"))
          .anyMatch(line -> line.contains("1 shorter than 12.8 s, 20 sequences that repeat"));
    }
  }

  @Test
  void theCorpusIsTheFilesThatAreHere() throws IOException {
    for (Corpus.File file : Nottingham.CORPUS.files()) {
      assertThat(Files.size(FOLDER.resolve(file.name()))).as(file.name()).isEqualTo(file.bytes());
    }
  }
}
