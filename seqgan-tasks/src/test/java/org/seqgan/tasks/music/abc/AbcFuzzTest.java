package org.seqgan.tasks.music.abc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.tasks.music.MelodyReading;
import org.seqgan.tasks.music.MusicTaskProvider;
import org.seqgan.tasks.music.Songs;
import org.seqgan.testkit.ReaderContract;

/** ABC files of strangers; each tune of one that is read is written again. */
public final class AbcFuzzTest extends ReaderContract {
  private static final String RICH =
      """
      %abc-2.1
      X:1
      T:All of it
      M:6/8
      L:1/8
      Q:"Gay" 3/8=100
      P:A(BA)2
      K:Edor clef=treble
      P:A
      |:"Em"E2B {c}BAB|~d2B (AFD)|[EG]2>[FA] (3Bcd e/f/g3/2|1 E3- E3:|2 [K:G]E2z [M:2/4]Z2||
      P:B
      ^c,'__b=a !trill!g2- | g\\
      w:la la

      X:2
      K:C
      C2 D2 | z4 |]
      V:2
      [V:2] E2 F2 | G4 |]
      """;

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Songs.read(Files.write(scratch.resolve("x.abc"), input))
        .forEach(tokens -> writeAgain(tokens, scratch.resolve("copy.abc")));
  }

  private static void writeAgain(int[] tokens, Path file) {
    try {
      Files.writeString(file, AbcWriter.text(tokens, MelodyReading.DEFAULT.step()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(readAgain(() -> Songs.read(file))).containsExactly(tokens);
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    try (InputStream in = MusicTaskProvider.class.getResourceAsStream("sample.abc")) {
      String sample = new String(in.readAllBytes(), UTF_8);
      String tunes = sample.substring(0, sample.lastIndexOf("\n\n", 1500) + 1);
      return List.of(RICH.getBytes(UTF_8), tunes.getBytes(UTF_8));
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("X:1\n T:\n M:6/8\n M:C| L:1/16\n Q:1/4=120\n K:C\n K:Hp\n P:A(BA)2\n V:2\n I: %%abc-charset"
                + " %%propagate-accidentals |: :| :: |1 |2 [1 [2 (3 (9:8:7 !trill! clef=treble-8"
                + " octave=2 transpose=12 [K:G] [M:2/4] {c} Z99 z9999999 A/64 1/0 99999999999")
            .split(" "));
  }
}
