package org.seqgan.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.random.RandomStream;

class SafetensorsTest {
  /** Length 64 as 8 little-endian bytes, a header of 63 characters and a blank, 1.0 and -2.5. */
  private static final String EXAMPLE_HEADER =
      "{\"ab\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";

  private static final byte[] EXAMPLE =
      concat(
          HexFormat.of().parseHex("4000000000000000"),
          (EXAMPLE_HEADER + " ".repeat(64 - EXAMPLE_HEADER.length()))
              .getBytes(StandardCharsets.US_ASCII),
          HexFormat.of().parseHex("0000803f" + "000020c0"));

  @TempDir Path folder;

  @Test
  void readsTheBytesThatTheFormatDescribes() throws IOException {
    NamedArrays read = Safetensors.read(file(EXAMPLE));
    assertThat(read.names()).containsExactly("ab");
    assertThat(read.get("ab").shape()).containsExactly(1, 2);
    assertThat(read.get("ab").values()).containsExactly(1f, -2.5f);
    assertThat(Safetensors.readMetadata(file(EXAMPLE))).isEmpty();
  }

  @Test
  void writesTheBytesThatTheFormatDescribes() throws IOException {
    Path file = folder.resolve("written.safetensors");
    Safetensors.write(file, arrays("ab", new int[] {1, 2}, 1f, -2.5f), Map.of());
    assertThat(Files.readAllBytes(file)).isEqualTo(EXAMPLE);
  }

  @Test
  void whatIsWrittenIsReadAgainBitForBitInTheOrderOfNames() {
    float nan = Float.intBitsToFloat(0x7FA0_1234);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put(
        "z", new FloatArray(new int[] {2, 1, 2}, new float[] {nan, -0f, Float.MIN_VALUE, 3f}));
    arrays.put("a \"quoted\" é\n", new FloatArray(new int[] {0, 7}, new float[0]));
    arrays.put("scalar", new FloatArray(new int[0], new float[] {Float.NEGATIVE_INFINITY}));
    Map<String, String> metadata = new TreeMap<>(Map.of("step", "12", "note", "two\nlines"));
    Path file = folder.resolve("x.safetensors");

    Safetensors.write(file, new NamedArrays(arrays), metadata);
    NamedArrays read = Safetensors.read(file);

    assertThat(read.names()).containsExactly("a \"quoted\" é\n", "scalar", "z");
    for (String name : read.names()) {
      assertThat(read.get(name).shape()).containsExactly(arrays.get(name).shape());
      assertThat(bits(read.get(name))).containsExactly(bits(arrays.get(name)));
    }
    assertThat(Safetensors.readMetadata(file)).isEqualTo(metadata);
  }

  @Test
  void arraysLargerThanTheCopyingBufferSurvive() {
    float[] values = new float[700_001];
    RandomStream.of(5).draws(values.length).fill(values, 0);
    Path file = folder.resolve("large.safetensors");
    Safetensors.write(file, arrays("x", new int[] {values.length}, values), Map.of());
    assertThat(Safetensors.read(file).get("x").values()).isEqualTo(values);
  }

  @Test
  void aFileWithoutArraysIsAFile() {
    Path file = folder.resolve("empty.safetensors");
    Safetensors.write(file, new NamedArrays(Map.of()), Map.of());
    assertThat(Safetensors.read(file).names()).isEmpty();
  }

  @Test
  void bytesDoNotDependOnTheOrderOfTheMetadata() throws IOException {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("a", "1");
    one.put("b", "2");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("b", "2");
    other.put("a", "1");
    NamedArrays arrays = arrays("x", new int[] {1}, 1f);
    Safetensors.write(folder.resolve("1"), arrays, one);
    Safetensors.write(folder.resolve("2"), arrays, other);
    assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
  }

  @Test
  void bytesDoNotDependOnTheOrderOfTheArrays() throws IOException {
    Map<String, FloatArray> one = new LinkedHashMap<>();
    one.put("means", new FloatArray(new int[] {2}, new float[] {1, 2}));
    one.put("started", new FloatArray(new int[] {1}, new float[] {3}));
    Map<String, FloatArray> other = new LinkedHashMap<>();
    other.put("started", one.get("started"));
    other.put("means", one.get("means"));
    Safetensors.write(folder.resolve("1"), new NamedArrays(one), Map.of());
    Safetensors.write(folder.resolve("2"), new NamedArrays(other), Map.of());
    assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
    assertThat(Safetensors.read(folder.resolve("2")).get("started").values()).containsExactly(3f);
  }

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("x.safetensors");
    Files.writeString(file, "old");
    Files.writeString(folder.resolve("x.safetensors.tmp"), "left by a run that was killed");
    Safetensors.write(file, arrays("x", new int[] {1}, 4f), Map.of());
    assertThat(Safetensors.read(file).get("x").values()).containsExactly(4f);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("missing").resolve("x.safetensors");
    assertThatThrownBy(() -> Safetensors.write(file, new NamedArrays(Map.of()), Map.of()))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessage(file + " cannot be written: there is no such file or folder");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.safetensors");
    assertRejected(file, "none.safetensors cannot be read: there is no such file or folder");
  }

  @Test
  void aFolderIsNotAFile() {
    assertRejected(folder, folder + " cannot be read");
  }

  @Test
  void anArrayCannotTakeTheNameOfTheMetadata() {
    NamedArrays arrays = arrays("__metadata__", new int[] {1}, 1f);
    assertThatThrownBy(() -> Safetensors.write(folder.resolve("x"), arrays, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void arraysMayStandInTheHeaderInAnyOrder() throws IOException {
    Path file =
        file(
            withHeader(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                    + "\"a\":{\"data_offsets\":[0,4],\"shape\":[],\"dtype\":\"F32\"}}",
                8));
    assertThat(Safetensors.read(file).names()).containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                            | does not begin with '{'
          ` {}`                                                         | does not begin with '{'
          {} {}                                                         | goes on after
          {"a":                                                         | not JSON
          {"a":1}                                                       | array 'a': expected an object, found
          {"a":{}}                                                      | has no dtype
          {"a":{"dtype":"F32","shape":[2]}}                             | has no data_offsets
          {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}        | 'a' has dtype F64
          {"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}       | 'a' has dtype BF16
          {"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}           | a string, found a whole
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}  | unknown field 'x'
          {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}          | an array, found a whole
          {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}      | found a fraction
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}       | negative number -2
          {"a":{"dtype":"F32","shape":[null],"data_offsets":[0,8]}}     | found null
          {"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}      | found an array
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}        | takes 12 bytes
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}        | takes 8 bytes
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}          | are 1 numbers
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}        | expected 0 (no hole
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}        | but 8 follow
          {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}       | take 16 bytes, but 8
          {"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,8]}} | too large
          {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | not JSON
          {"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}} | counted
          {"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,8]}} | counted
          {"__metadata__":[]}                                           | __metadata__: expected an object
          {"__metadata__":{"a":1}}                                      | __metadata__ 'a': expected a string
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | Duplicate
          {"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}} | Duplicate
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | no overlap
          """)
  void rejectsAHeaderThatIsWrong(String header, String reason) throws IOException {
    assertRejected(file(withHeader(header, 8)), reason);
  }

  @Test
  void rejectsAHeaderInAnotherEncoding() throws IOException {
    byte[] utf16 = EXAMPLE_HEADER.getBytes(StandardCharsets.UTF_16LE);
    assertRejected(file(withHeader(utf16, 8)), "not JSON");
    byte[] broken = "{\"\u00ff\":1}".getBytes(StandardCharsets.ISO_8859_1);
    assertRejected(file(withHeader(broken, 8)), "not UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, claims 18446744073709551615 bytes",
    "100000001, claims 100000001 bytes",
    "73, 'claims 73 bytes, expected at most 72'",
    "9223372036854775807, claims 9223372036854775807 bytes"
  })
  void rejectsAHeaderLongerThanTheFile(long length, String reason) throws IOException {
    byte[] bytes = EXAMPLE.clone();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    assertRejected(file(bytes), reason);
  }

  @Test
  void namesFromTheFileDoNotBreakTheLine() throws IOException {
    String name = "line\\nbreak" + "x".repeat(5000);
    String header = "{\"" + name + "\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]}}";
    assertThatThrownBy(() -> Safetensors.read(file(withHeader(header, 2))))
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(800));
  }

  @Test
  void rejectsAFileTruncatedAtAnyByte() throws IOException {
    byte[] whole = typicalFile();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = new byte[length];
      System.arraycopy(whole, 0, part, 0, length);
      assertRejected(file(part), "safetensors");
    }
  }

  @Test
  void rejectsAFileThatGoesOn() throws IOException {
    assertRejected(file(concat(typicalFile(), new byte[1])), "follow the header");
  }

  @Test
  void damagedFilesAreReadOrRejectedInWords() throws IOException {
    byte[] whole = typicalFile();
    long seed = 20_261_121;
    RandomStream stream = RandomStream.of(seed);
    for (int trial = 0; trial < 3000; trial++) {
      byte[] damaged = whole.clone();
      for (int flips = stream.nextInt(3); flips >= 0; flips--) {
        damaged[stream.nextInt(damaged.length)] = (byte) stream.nextInt(256);
      }
      Path file = file(damaged);
      assertThatCode(() -> readOrReject(file))
          .as("seed %d, trial %d", seed, trial)
          .doesNotThrowAnyException();
    }
  }

  private static void readOrReject(Path file) {
    try {
      Safetensors.read(file);
    } catch (UserException e) {
      assertThat(e.kind()).isEqualTo(UserException.Kind.DATA);
      assertThat(e.getMessage()).doesNotContain("\n").contains(file.toString());
    }
  }

  private byte[] typicalFile() throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("first", new FloatArray(new int[] {2, 2}, new float[] {1, 2, 3, 4}));
    arrays.put("second", new FloatArray(new int[] {3}, new float[] {5, 6, 7}));
    Path file = folder.resolve("typical.safetensors");
    Safetensors.write(file, new NamedArrays(arrays), Map.of("made-by", "a test"));
    return Files.readAllBytes(file);
  }

  private static void assertRejected(Path file, String reason) {
    for (Runnable reading :
        List.<Runnable>of(() -> Safetensors.read(file), () -> Safetensors.readMetadata(file))) {
      assertThatThrownBy(reading::run)
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
          .hasMessageContaining(file.toString())
          .hasMessageContaining(reason);
    }
  }

  private static NamedArrays arrays(String name, int[] shape, float... values) {
    return new NamedArrays(Map.of(name, new FloatArray(shape, values)));
  }

  private static int[] bits(FloatArray array) {
    int[] bits = new int[array.values().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(array.values()[i]);
    }
    return bits;
  }

  private static byte[] withHeader(String header, int dataBytes) {
    return withHeader(header.getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  private static byte[] withHeader(byte[] header, int dataBytes) {
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(header.length).put(header).array();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("read.safetensors"), bytes);
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
