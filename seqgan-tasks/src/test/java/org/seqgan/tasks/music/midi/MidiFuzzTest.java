package org.seqgan.tasks.music.midi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.MelodyReading;
import org.seqgan.tasks.music.PitchGrid;
import org.seqgan.tasks.music.Songs;
import org.seqgan.testkit.ReaderContract;

/** MIDI files of strangers; the tune of one that is read is written again. */
public final class MidiFuzzTest extends ReaderContract {
  private static final PitchGrid GRID = MelodyReading.DEFAULT.grid();

  @TempDir private Path folder;

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Songs.read(Files.write(scratch.resolve("x.mid"), input))
        .forEach(tokens -> writeAgain(tokens, scratch.resolve("copy.mid")));
  }

  private static void writeAgain(int[] tokens, Path file) {
    Tune tune = GRID.tune(tokens);
    try {
      Files.write(file, MidiWriter.bytes(tune, GRID.step()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(readAgain(() -> Songs.read(file))).containsExactly(tokens);
  }

  @Override
  protected List<byte[]> examples() {
    int[] tokens = {40, 40, 42, 44, 0, 0, 45, 88, 1};
    return List.of(
        MidiWriter.bytes(GRID.tune(tokens), 0.4),
        Smf.file(
            1,
            96,
            "00 ff 51 03 0f 42 40  00 ff 58 04 06 08 18 08  60 ff 51 03 03 d0 90",
            "00 ff 03 04 4c 65 61 64  00 90 48 40  60 48 00  00 4a 40  30 f0 03 01 02 f7  30 4a 00"),
        Smf.file(0, 0xE728, "00 90 3c 40  87 68 80 3c 00  00 c0 05  00 e0 00 40"));
  }

  @Override
  protected List<String> watched() {
    return List.of(
        "org.seqgan.**",
        "com.sun.media.sound.StandardMidiFileReader",
        "com.sun.media.sound.SMFParser");
  }

  @Override
  protected List<String> words() {
    return List.of("MThd", "MTrk", "\u007f\u007f\u007f\u007f");
  }

  @Test
  @Timeout(120)
  void aFileThatIsCutShortIsRejected() throws IOException {
    for (byte[] whole : examples()) {
      for (int length = 0; length < whole.length; length++) {
        assertThat(isRead(Arrays.copyOf(whole, length), folder)).as("cut at %d", length).isFalse();
      }
    }
  }
}
