package org.seqgan.core.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunEvent.Place;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.testkit.RunListenerContract;

@DisplayName("event files for TensorBoard")
class TensorBoardListenerTest extends RunListenerContract {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1));

  @TempDir private Path run;

  @Override
  protected RunListener open(RunListenerContext context) throws IOException {
    return new TensorBoardListener(context, new TensorBoardOptions(1), CLOCK);
  }

  @Override
  protected List<String> writes() {
    return List.of("tensorboard");
  }

  private RunListener open() throws IOException {
    return open(new RunListenerContext(run, "a run", Map.of("seed", "1"), message -> {}));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void sumAsTheStandardDoes() {
    // RFC 3720, appendix B.4, lists aa 36 91 8a for 32 bytes of zero: 8a9136aa. Turned right by 15
    // bits it is 6d551522, and a282ead8 more is 0fd7fffa.
    assertThat(RecordWriter.maskedChecksum(new byte[32], 32)).isEqualTo(0x0fd7fffa);
  }

  @Test
  void frameTheFirstRecordByteForByte() {
    // As TensorFlow's own files of version 2 begin, but for the time: 24 bytes of an event.
    byte[] event = Events.version(1).toByteArray();
    assertThat(hex(event))
        .isEqualTo("09000000000000f03f1a0d" + hex("brain.Event:2".getBytes(UTF_8)));
    byte[] framed = RecordWriter.framed(event).array();
    assertThat(framed).hasSize(8 + 4 + 24 + 4);
    // The first 12 bytes of every event file: the length 24, and its masked checksum.
    assertThat(hex(framed)).startsWith("1800000000000000a37f4b22" + hex(event));
  }

  @Test
  void writeFieldsByteForByte() {
    assertThat(hex(new Message().put(2, 300L).toByteArray())).isEqualTo("10ac02");
    assertThat(hex(new Message().put(2, -1L).toByteArray()))
        .isEqualTo("10" + "ff".repeat(9) + "01");
    assertThat(hex(new Message().put(1, 1.0).toByteArray())).isEqualTo("09000000000000f03f");
    assertThat(hex(new Message().put(2, 1f).toByteArray())).isEqualTo("150000803f");
    assertThat(hex(new Message().put(16, "\u00e4").toByteArray())).isEqualTo("820102c3a4");
    assertThat(hex(Events.scalars(1, 3, Map.of("a", 0.5)).toByteArray()))
        .isEqualTo("09000000000000f03f" + "1003" + "2a0a" + "0a08" + "0a0161" + "150000003f");
  }

  @Test
  void areReadBackByAnIndependentReader() throws Exception {
    try (RunListener listener = open()) {
      hear(listener, 0, 1, 2);
    }
    EventFileReader reader = EventFileReader.ofFolder(run.resolve("tensorboard"));
    assertThat(reader.scalars("g-loss")).isEqualTo(steps(1, 2));
    assertThat(reader.scalars("seconds")).hasSize(2);
    assertThat(reader.texts("samples")).containsOnlyKeys(1L, 2L);
    assertThat(reader.texts("samples").get(2L)).containsExactly("    <b>1</b>\n    2");
    assertThat(reader.plugins())
        .containsEntry("samples", "text")
        .containsEntry("_hparams_/session_start_info", "hparams")
        .containsEntry("_hparams_/session_end_info", "hparams");
  }

  @Test
  void haveNumbersWhereTheyAreNumbers() {
    String file = hex(Events.started(1, Map.of("checkpoint.interval", "1d")).toByteArray());
    assertThat(file).as("a text: a day is no 1.0").contains("1a02" + hex("1d".getBytes(UTF_8)));
    assertThat(hex(Events.started(1, Map.of("seed", "-2e1")).toByteArray()))
        .contains("11" + "00000000000034c0");
  }

  @Test
  void ofARunThatWasStoppedHaveNoEnd() throws Exception {
    try (RunListener listener = open()) {
      listener.on(new RunEvent.Ended(Outcome.INTERRUPTED, ""));
    }
    assertThat(EventFileReader.ofFolder(run.resolve("tensorboard")).plugins())
        .doesNotContainKey("_hparams_/session_end_info");
  }

  @Test
  void goOnWhereTheRunDoes() throws Exception {
    try (RunListener listener = open()) {
      hear(listener, 0, 1, 2, 3);
    }
    try (RunListener listener = open()) {
      hear(listener, 1, 2);
    }
    Path folder = run.resolve("tensorboard");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
    assertThat(EventFileReader.ofFolder(folder).scalars("g-loss"))
        .as("what the first process said of steps after 1 is void")
        .isEqualTo(steps(1, 2));
  }

  /** Of a run that was killed before its first checkpoint. */
  @Test
  void beginAnewWhereTheRunDoes() throws Exception {
    try (RunListener listener = open()) {
      hear(listener, 0, 1, 2, 3);
    }
    try (RunListener listener = open()) {
      hear(listener, 0, 1);
    }
    assertThat(EventFileReader.ofFolder(run.resolve("tensorboard")).scalars("g-loss"))
        .isEqualTo(steps(1));
  }

  private static Map<Long, Float> steps(long... steps) {
    Map<Long, Float> expected = new LinkedHashMap<>();
    for (long step : steps) {
      expected.put(step, 1f / step);
    }
    return expected;
  }

  private static void hear(RunListener listener, int done, int... steps) throws Exception {
    listener.on(
        new RunEvent.Started(
            Map.of("adversarial", 9), new Place("adversarial", done, done), done > 0));
    for (int step : steps) {
      Place at = new Place("adversarial", step, step);
      listener.on(new RunEvent.Measured(at, Map.of("g-loss", 1.0 / step), 2));
      listener.on(new RunEvent.Sampled(at, List.of("<b>1</b>\n2", "not shown: one is asked for")));
    }
    listener.on(new RunEvent.Ended(Outcome.FINISHED, ""));
  }
}
