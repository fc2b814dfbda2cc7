package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.tasks.music.abc.Abc;
import org.seqgan.tasks.music.abc.AbcWriter;
import org.seqgan.tasks.music.midi.MidiWriter;
import org.seqgan.tasks.music.midi.Smf;
import org.seqgan.tasks.music.song.Song;

/** Other programs read what is written, where they are installed. */
class IndependentReadersTest {
  private static final PitchGrid GRID = MelodyReading.DEFAULT.grid();
  private static final int[] TOKENS = {
    40, 40, 42, 44, 45, 47, 49, 51, 52, 52, 41, 40, 88, 1, 1, 60, 61, 60, 61, 61
  };

  @TempDir Path folder;

  private String run(String... command) throws IOException, InterruptedException {
    String program = command[0];
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    Assumptions.assumeTrue(installed, program + " is not installed");
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(program + " ends").isTrue();
    return Files.readString(out, StandardCharsets.ISO_8859_1);
  }

  private void writeMidi() throws IOException {
    Files.write(folder.resolve("t.mid"), MidiWriter.bytes(GRID.tune(TOKENS), GRID.step()));
  }

  @Test
  void midicsvReadsTheNotesOfOurMidi() throws IOException, InterruptedException {
    writeMidi();
    List<String> lines = run("midicsv", "t.mid").lines().toList();
    assertThat(lines).contains("0, 0, Header, 0, 1, 480", "1, 0, Tempo, 400000");
    List<Integer> started =
        lines.stream()
            .map(line -> line.split(", ", -1))
            .filter(fields -> fields[2].equals("Note_on_c"))
            .map(fields -> Integer.parseInt(fields[4]))
            .toList();
    assertThat(started)
        .containsExactlyElementsOf(
            GRID.tune(TOKENS).notes().stream().map(note -> note.pitch()).toList());
    assertThat(lines).contains("1, %d, End_track".formatted(TOKENS.length * 480));
  }

  @Test
  void midi2abcMakesATuneOfOurMidiThatWeReadAsTheSamePitches()
      throws IOException, InterruptedException {
    writeMidi();
    run("midi2abc", "-f", "t.mid", "-o", "t.abc");
    String text = Files.readString(folder.resolve("t.abc"), StandardCharsets.UTF_8);
    assertThat(Abc.pitches(Abc.song(text).solo(Optional.empty()).notes()))
        .isEqualTo(Abc.pitches(GRID.tune(TOKENS).notes()));
  }

  @Test
  void abc2midiReadsOurAbcAsTheSamePitchesAtTheSameTimes()
      throws IOException, InterruptedException {
    int[] inRange = IntStream.of(TOKENS).map(token -> Math.max(token, 4)).toArray();
    Files.writeString(folder.resolve("t.abc"), AbcWriter.text(inRange, GRID.step()));
    String messages = run("abc2midi", "t.abc", "-o", "t.mid");
    assertThat(messages).doesNotContainIgnoringCase("error");
    Song song = Smf.song(Files.readAllBytes(folder.resolve("t.mid")));
    assertThat(GRID.tokens(song.solo(Optional.empty()).notes())).isEqualTo(inRange);
  }
}
