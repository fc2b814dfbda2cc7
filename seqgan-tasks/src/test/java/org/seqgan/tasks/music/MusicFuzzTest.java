package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;

/** Damaged files give tunes or an error in words, whatever the damage. */
@Timeout(120)
class MusicFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int TRIALS = 4000;
  private static final String SIGNS =
      "ABCGabg0123456789/()[]{}|:<>-^_=,'\"!+zZxX&\\%~.*@ \nKLMPQVIwT#\u00e9\t";
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
      [V:2] ^c,'__b=a !trill!g2- | g\\
      w:la la
      X:2
      """;

  private static List<byte[]> midi() {
    PitchGrid grid = Reading.DEFAULT.grid();
    int[] tokens = {40, 40, 42, 44, 0, 0, 45, 88, 1};
    return List.of(
        MidiWriter.bytes(grid.tune(tokens), 0.4),
        Smf.file(
            1,
            96,
            "00 ff 51 03 0f 42 40  00 ff 58 04 06 08 18 08  60 ff 51 03 03 d0 90",
            "00 ff 03 04 4c 65 61 64  00 90 48 40  60 48 00  00 4a 40  30 f0 03 01 02 f7  30 4a 00"),
        Smf.file(0, 0xE728, "00 90 3c 40  87 68 80 3c 00  00 c0 05  00 e0 00 40"));
  }

  @Test
  void aCutMidiFileIsRejected() {
    for (byte[] whole : midi()) {
      for (int length = 0; length < whole.length; length++) {
        String place = "cut at " + length;
        assertThat(isRead(Arrays.copyOf(whole, length), place)).as(place).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aDamagedMidiFileIsReadOrRejected(int file) {
    RandomStream stream = RandomStream.of(SEED).split("midi", file);
    int read = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] damaged = midi().get(file).clone();
      for (int flips = stream.nextInt(4); flips >= 0; flips--) {
        damaged[stream.nextInt(damaged.length)] = (byte) stream.nextInt(256);
      }
      read += isRead(damaged, "file " + file + ", seed " + SEED + ", trial " + trial) ? 1 : 0;
    }
    assertThat(read).isPositive().isLessThan(TRIALS);
  }

  private static boolean isRead(byte[] file, String place) {
    try {
      tokens(Smf.song(file));
      return true;
    } catch (UserException e) {
      assertOneLine(e, place);
      return false;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      return fail(place, e);
    }
  }

  private static void tokens(Song song) {
    song.solo(Optional.empty()).notes().stream()
        .filter(note -> !Keyboard.has(note.pitch()))
        .findFirst()
        .ifPresentOrElse(
            note -> assertThat(note.pitch()).isBetween(0, 127),
            () -> Reading.DEFAULT.grid().tokens(song.solo(Optional.empty()).notes()));
  }

  private static void assertOneLine(UserException e, String place) {
    assertThat(e.kind()).as(place).isEqualTo(UserException.Kind.DATA);
    assertThat(e.getMessage()).as(place).doesNotContain("\n").hasSizeLessThan(1000);
  }

  @Test
  void damagedAbcIsReadOrRejected() throws IOException {
    String sample = sample();
    RandomStream stream = RandomStream.of(SEED).split("abc");
    int read = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      String whole = trial % 2 == 0 ? RICH : sample.substring(0, 1500);
      String damaged = damaged(whole, stream);
      read += abc(damaged, "seed " + SEED + ", trial " + trial + ":\n" + damaged) ? 1 : 0;
    }
    assertThat(read).isPositive().isLessThan(TRIALS);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"V:1 a\"b c\"", "Q:1/4 ", "M:1+", "K:C a", "m:n = ", "w:", "%%begintext\n\n"})
  void aLongRowOfAnythingIsReadOrRejected(String start) {
    String repeated = start.replaceAll("^[^:]*:(?=.)", "").repeat(50_000);
    for (String row : List.of(start + repeated, start.replaceAll("$", "\n").repeat(20_000))) {
      abc("X:1\nK:C\n" + row + "\nABc\n", start);
      abc("X:1\n" + row + "\nK:C\nABc\n", start);
    }
  }

  private static String sample() throws IOException {
    try (InputStream in = Library.class.getResourceAsStream("sample.abc")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A few characters replaced, put in or left out, and sometimes a piece repeated. */
  private static String damaged(String whole, RandomStream stream) {
    StringBuilder text = new StringBuilder(whole);
    for (int edits = stream.nextInt(6); edits >= 0; edits--) {
      int at = stream.nextInt(text.length());
      char sign = SIGNS.charAt(stream.nextInt(SIGNS.length()));
      switch (stream.nextInt(4)) {
        case 0 -> text.setCharAt(at, sign);
        case 1 -> text.insert(at, sign);
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, String.valueOf(sign).repeat(1 + stream.nextInt(100)));
      }
    }
    return text.toString();
  }

  /** Whether all tunes are read. */
  private static boolean abc(String text, String place) {
    try {
      AbcBook book = AbcBook.parse("t.abc", text);
      book.unreadable().forEach(e -> assertOneLine(e, place));
      book.tunes().forEach(tune -> tokens(tune.song(120, new Omissions())));
      return book.unreadable().isEmpty();
    } catch (UserException e) {
      assertOneLine(e, place);
      return false;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      return fail(place, e);
    }
  }
}
