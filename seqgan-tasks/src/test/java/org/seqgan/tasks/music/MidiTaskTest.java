package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.tasks.music.abc.AbcWriter;
import org.seqgan.tasks.music.midi.MidiWriter;
import org.seqgan.tasks.music.midi.Smf;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

class MidiTaskTest extends TaskContract {
  private static final PitchGrid GRID = MelodyReading.DEFAULT.grid();

  @TempDir Path folder;

  /** Twelve tunes in two folders, as MIDI and as ABC. */
  private void writeTunes() throws IOException {
    RandomStream stream = RandomStream.of(7);
    Path inner = Files.createDirectories(folder.resolve("more"));
    for (int i = 0; i < 12; i++) {
      int[] tokens = new int[48];
      for (int t = 0; t < tokens.length; t++) {
        tokens[t] = 30 + stream.nextInt(30);
      }
      if (i % 2 == 0) {
        Files.write(folder.resolve(i + ".MID"), MidiWriter.bytes(GRID.tune(tokens), 0.4));
      } else {
        Files.writeString(inner.resolve(i + ".abc"), AbcWriter.text(tokens, 0.4));
      }
    }
    Files.writeString(folder.resolve("notes.txt"), "hello");
  }

  private static MidiOptions options(Path data, MelodyReading reading) {
    return new MidiOptions(data, 16, Windows.ALL, 0.1, 0.1, 1, reading);
  }

  private Task open(MelodyReading reading) {
    return new MidiTaskProvider().open(DataContext.offline(1), options(folder, reading));
  }

  @Override
  protected Optional<TaskProvider<?>> provider() {
    return Optional.of(new MidiTaskProvider());
  }

  @Override
  protected Task open(long seed) {
    try {
      writeTunes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new MidiTaskProvider()
        .open(DataContext.offline(seed), options(folder, MelodyReading.DEFAULT));
  }

  @Test
  void itReadsAllFoldersAndCountsOtherFiles() {
    try (Task task = open(MelodyReading.DEFAULT)) {
      assertThat(
              task.data().training().count()
                  + task.data().validation().count()
                  + task.data().test().count())
          .isEqualTo(36);
      assertThat(task.data().provenance())
          .contains("12 tunes read from 12 files (1 of other kinds left alone)");
    }
  }

  @Test
  void aDamagedFileIsLeftOutAndNamedOrStopsTheTask() throws IOException {
    Files.writeString(folder.resolve("bad.mid"), "MThd");
    try (Task task = open(MelodyReading.DEFAULT)) {
      assertThat(task.data().provenance())
          .anyMatch(line -> line.startsWith("not read: bad.mid: expected"));
    }
    MelodyReading strict =
        new MelodyReading(0.4, 120, Rests.HOLD, Optional.empty(), Unreadable.FAIL);
    assertThatThrownBy(() -> open(strict))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("bad.mid: expected a Standard MIDI File");
  }

  @Test
  void aTuneThatIsThereTwiceCountsOnce() throws IOException {
    Files.copy(folder.resolve("0.MID"), folder.resolve("again.mid"));
    try (Task task = open(MelodyReading.DEFAULT)) {
      assertThat(task.data().provenance())
          .anyMatch(line -> line.contains("3 sequences that repeat an earlier one"))
          .anyMatch(line -> line.startsWith("12 tunes, divided at random"));
    }
  }

  @Test
  void notesOutsideThePianoLeaveATuneOut() throws IOException {
    Files.write(folder.resolve("low.mid"), Smf.file(0, 96, "00 90 05 40  8f 00 80 05 00"));
    try (Task task = open(MelodyReading.DEFAULT)) {
      assertThat(task.data().provenance())
          .anyMatch(line -> line.contains("1 with notes outside the piano"));
    }
  }

  @Test
  void aTrackThatIsNowhereIsNamed() {
    MelodyReading flute =
        new MelodyReading(0.4, 120, Rests.HOLD, Optional.of("Flute"), Unreadable.SKIP);
    assertThatThrownBy(() -> open(flute))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("12 not read")
        .hasMessageContaining("there is no track 'Flute'");
  }

  @Test
  void aByteThatIsNotUtf8CostsNoTuneAndIsCounted() throws IOException {
    String tune = "X:1\nT:caf\u00e9\nL:1/4\nK:C\n" + "ABcd".repeat(16) + "\n";
    Files.write(folder.resolve("latin.abc"), tune.getBytes(StandardCharsets.ISO_8859_1));
    try (Task task = open(MelodyReading.DEFAULT)) {
      assertThat(task.data().provenance())
          .contains(
              "13 tunes read from 13 files (1 of other kinds left alone)",
              "read although its format does not have it so: 1 lines that are not in the charset of"
                  + " the file, read as Latin-1");
    }
  }

  @Test
  void missingDataAndAFolderWithoutTunesAreErrors() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    for (Path data : List.of(folder.resolve("nowhere"), empty)) {
      assertThatThrownBy(
              () ->
                  new MidiTaskProvider()
                      .open(DataContext.offline(1), options(data, MelodyReading.DEFAULT)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining(".abc, .mid or .midi");
    }
  }

  @Test
  void itProposesHowToTrainOnAFolder() {
    Proposal proposal = new MidiTaskProvider().propose(folder).orElseThrow();
    Map<String, Object> choices =
        proposal.choices().stream()
            .collect(Collectors.toMap(Proposal.Choice::key, Proposal.Choice::value));
    assertThat(choices)
        .containsEntry("data", folder.toString())
        .containsEntry("sequence-length", 32)
        .containsEntry("windows", "all");
    assertThat(proposal.trainingSequences()).isEqualTo(10);
    assertThat(proposal.vocabularySize()).isEqualTo(89);
    assertThat(proposal.findings())
        .contains("12 tunes read from 12 files (1 of other kinds left alone)")
        .anyMatch(line -> line.startsWith("pitches ") && line.contains("last 19 to 19 s"));
  }

  @Test
  void itDeclinesDataThatAreNoMusic() throws IOException {
    Path text = folder.resolve("notes.txt");
    assertThat(new MidiTaskProvider().propose(text)).isEmpty();
    assertThat(new MidiTaskProvider().propose(Files.createDirectories(folder.resolve("none"))))
        .isEmpty();
  }

  @Test
  void itSaysWhyNothingCanBeMadeOfMusic() throws IOException {
    Path file = Files.writeString(folder.resolve("short.abc"), "X:1\nK:C\nABC\n");
    assertThatThrownBy(() -> new MidiTaskProvider().propose(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no tune gives a sequence of 8 tokens (3.2 s)");
  }
}
