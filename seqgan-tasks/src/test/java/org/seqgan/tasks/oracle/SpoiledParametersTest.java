package org.seqgan.tasks.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileContents;
import org.seqgan.tasks.oracle.pickle.Pickles;

/** Files of parameters that came to harm on their way, or are of another kind. */
class SpoiledParametersTest {
  private static final String LINE_ENDS = ": its line ends were changed; fetch it as binary (";

  @TempDir private Path folder;

  @Test
  void lineEndsThatWereChangedAreNamed() throws IOException {
    byte[] smallest = Pickles.bytes("16-crlf-pickle.pkl");
    assertError(
        "16-crlf-pickle.pkl",
        smallest,
        LINE_ENDS + "each LF has a CR before it); reading failed at byte 6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python2-protocol0.pkl",
        "python3-protocol0.pkl",
        "python3-protocol1.pkl",
        "python3-protocol2.pkl",
        "python3-protocol3.pkl",
        "numpy1-protocol3.pkl"
      })
  void theyAreNamedInEveryProtocolThatHasLines(String name) {
    String pickle = new String(Pickles.bytes(name), ISO_8859_1);
    assertError("x.pkl", pickle.replace("\n", "\r\n"), LINE_ENDS + "each LF has a CR before it)");
  }

  @Test
  void returnsInPlaceOfAllLineFeedsAreNamed() {
    String pickle = new String(Pickles.bytes("python2-protocol0.pkl"), ISO_8859_1);
    assertError("x.pkl", pickle.replace("\n", "\r"), LINE_ENDS + "there is CR and no LF)");
  }

  @Test
  void lineFeedsInPlaceOfBothAreNamedWhereBytesOfNumbersTell() {
    RandomStream stream = RandomStream.of(5);
    byte[] numbers = new byte[1_000_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) stream.nextInt(256);
    }
    String pickle =
        "\u0080\u0002B" + size(numbers.length) + new String(numbers, ISO_8859_1) + "0K\1.";
    assertError(
        "x.pkl",
        pickle.replace("\r\n", "\n"),
        LINE_ENDS + "no LF has a CR before it, as some have by chance)");
  }

  @Test
  void numbersThatAreNotThereByChanceTellNothingOfLineEnds() {
    String zeros = "\u0080\u0002B" + size(1_000_000) + "\0".repeat(1_000_000) + "?";
    assertError("x.pkl", zeros, ": byte 0x3f is no instruction of a pickle");
  }

  @Test
  void bytesThatWereTakenForTextAreNamed() {
    byte[] pickle = Pickles.bytes("python3-protocol4.pkl");
    String latin = new String(pickle, ISO_8859_1);
    String taken = ": it was taken for text; fetch it as binary (";
    assertError("x.pkl", latin.getBytes(UTF_8), taken + "it was saved as UTF-8)");
    assertError(
        "x.pkl",
        new String(pickle, UTF_8).getBytes(UTF_8),
        taken + "what is not UTF-8 was replaced)");
    assertError("x.pkl", "\u00EF\u00BB\u00BF" + latin, taken + "it begins with a byte-order mark)");
  }

  @Test
  void whatIsThereInPlaceOfTheFileIsNamed() throws IOException {
    String expected = ": expected an oracle's parameters in a Python pickle, found ";
    assertError(
        "x.pkl",
        "version https://git-lfs.github.com/spec/v1\noid sha256:6a0b\nsize 3749852\n",
        expected
            + "a pointer of Git LFS in place of the file; fetch the file itself: git lfs pull");
    assertError(
        "x.pkl",
        "\n<!DOCTYPE html>\n<html lang=\"en\">",
        expected + "an HTML page; if a server sent it in place of the file, fetch the file itself");
    assertError(
        "x.pkl",
        "404: Not Found",
        ": it begins with the text '404: Not Found', which may be a message in place of the file; fetch it again; reading failed at byte 1");
    assertError("x.pkl", "Not Found\r\n", ": it begins with the text 'Not Found'");
    assertError("x.pkl", "", ": it is empty; fetch it again");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(Pickles.bytes("python3-protocol4.pkl"));
    }
    assertError(
        "x.pkl", packed.toByteArray(), expected + "a file compressed by gzip; unpack it: gunzip");
  }

  @Test
  void anotherFormatIsNamedWhateverTheNameSays() {
    String npy = "\u0093NUMPY\1\0v\0{'descr': '<f4'";
    assertError("x.npy", npy, "found an array of NumPy (.npy); load it with Python and save");
    assertError("x.pkl", npy, "found an array of NumPy (.npy)");
    assertError(
        "x.safetensors",
        npy,
        ": expected an oracle's parameters in a safetensors file, found an array of NumPy (.npy)");
    assertError(
        "x.safetensors",
        Pickles.bytes("python3-protocol4.pkl"),
        "found a Python pickle; give it a name that ends in .pkl");
    assertError(
        "x.pkl",
        "\u0010\0\0\0\0\0\0\0{\"a\":{}}        ",
        "found a safetensors file; give it a name that ends so (.safetensors)");
    assertError("x.npz", "PK\3\4" + "\0".repeat(26) + "arr_0.npy", "an archive of NumPy arrays");
    assertError("x.pt", "PK\3\4" + "\0".repeat(26) + "archive/data.pkl", "a file of PyTorch; load");
  }

  @Test
  void aSafetensorsFileWhoseLineEndsWereChangedIsNamedBeforeWhatTheProgramFound() {
    assertError(
        "x.safetensors",
        "\u0020\0\0\0\0\0\0\0{\"a\":{}}\r\n\r\n",
        LINE_ENDS + "each LF has a CR before it): no safetensors in this test");
  }

  @Test
  void aPublishedFileThatIsTooShortSaysHowLongItIs() {
    byte[] cut = Arrays.copyOf(Pickles.bytes("python2-protocol0.pkl"), 40);
    assertError(
        "target_params.pkl",
        cut,
        "is the file complete? (at byte 28); target_params.pkl as published has 3749852 bytes, this file 40: fetch it again");
  }

  @Test
  void aFolderIsNoFileOfParameters() {
    assertThat(new OracleTaskProvider().reader(SpoiledParametersTest::none, folder)).isEmpty();
  }

  @Test
  void namesAndShapesOfArraysAreShownInTheOrderOfTheFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("named.pkl"),
            "}V%s\n%ssVb\n%ss.".formatted("W", array("(I2\nI1\nt", 8), array("(I3\nt", 12)),
            ISO_8859_1);
    assertThat(read(file))
        .isEqualTo(
            new FileContents.Arrays(
                List.of(
                    new FileContents.ArrayShape("W", List.of(2, 1)),
                    new FileContents.ArrayShape("b", List.of(3)))));
  }

  /** Zeros of float32 in protocol 1. */
  private static String array(String shape, int bytes) {
    return "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n"
        + shape
        + "cnumpy\ndtype\n(S'f4'\nI0\nI1\ntRI00\nU"
        + (char) bytes
        + "\0".repeat(bytes)
        + "tb";
  }

  private static String size(int bytes) {
    byte[] size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes).array();
    return new String(size, ISO_8859_1);
  }

  private void assertError(String name, String latin1, String message) {
    assertError(name, latin1.getBytes(ISO_8859_1), message);
  }

  private void assertError(String name, byte[] bytes, String message) {
    assertThatThrownBy(() -> read(Files.write(folder.resolve(name), bytes)))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
        .hasMessageStartingWith(folder.resolve(name).toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static FileContents read(Path file) {
    DataReader<OracleOptions> reader =
        new OracleTaskProvider().reader(SpoiledParametersTest::none, file).orElseThrow();
    return reader.read(new OracleOptions(5, 1, 1, 1, 0, 1, 1, 1, 1.0, 1, Optional.empty()));
  }

  private static NamedArrays none(Path file) {
    throw new UserException(Kind.DATA, "no safetensors in this test");
  }
}
