package org.seqgan.tasks.oracle.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.tasks.oracle.ReleasedParameters;
import org.seqgan.tasks.oracle.pickle.PickleValue.Bool;
import org.seqgan.tasks.oracle.pickle.PickleValue.Bytes;
import org.seqgan.tasks.oracle.pickle.PickleValue.Dictionary;
import org.seqgan.tasks.oracle.pickle.PickleValue.Listing;
import org.seqgan.tasks.oracle.pickle.PickleValue.None;
import org.seqgan.tasks.oracle.pickle.PickleValue.Real;
import org.seqgan.tasks.oracle.pickle.PickleValue.Text;
import org.seqgan.tasks.oracle.pickle.PickleValue.Tuple;
import org.seqgan.tasks.oracle.pickle.PickleValue.Whole;

@Timeout(60)
class RestrictedUnpicklerTest {
  private static final String DTYPE = "cnumpy\ndtype\n(S'f4'\nI0\nI1\ntR";
  private static final String EMPTY =
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python2-protocol0.pkl",
        "python3-protocol0.pkl",
        "python3-protocol1.pkl",
        "python3-protocol2.pkl",
        "python3-protocol3.pkl",
        "python3-protocol4.pkl",
        "python3-protocol5.pkl",
        "numpy1-protocol3.pkl"
      })
  void readsTheSameArraysFromEveryProtocol(String name) throws PickleException {
    List<PickleValue> arrays = ((Listing) read(Pickles.bytes(name))).items();

    assertThat(arrays).hasSize(7);
    assertArray(arrays.get(0), new int[] {2, 3}, 0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f);
    assertArray(arrays.get(1), new int[] {2, 3}, -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f);
    assertArray(arrays.get(2), new int[] {2}, 1.5f, -2.25f);
    assertArray(
        arrays.get(3),
        new int[] {4},
        Float.intBitsToFloat(0x5C22_270A),
        Float.intBitsToFloat(0x3F1A_000D),
        Float.intBitsToFloat(0x4062_2761),
        Float.intBitsToFloat(0xC180_7FFF));
    assertArray(arrays.get(4), new int[] {0, 4});
    assertArray(arrays.get(5), new int[0], 7.5f);
    float[] upTo24 = new float[24];
    for (int i = 0; i < upTo24.length; i++) {
      upTo24[i] = i;
    }
    assertArray(arrays.get(6), new int[] {2, 3, 4}, upTo24);
  }

  @Test
  void readsNumbersStringsAndCollections() {
    String pickle =
        "(NI00\nI01\nI-5\nL-123456789012L\nF1.5\nF-inf\nF1e-05\nJ\376\377\377\377K\377M\0\1"
            + "\u008a\2\0\377\u008a\0\u008b\1\0\0\0\200G@\4\0\0\0\0\0\0\210\211"
            + "S'a\\x00\\n\\'\\\\\\101\\q\351'\nU\1zT\1\0\0\0yVa\\u20ac\\n\351\n"
            + "X\2\0\0\0\303\251\u008c\1w)]}t.";
    List<PickleValue> items = ((Tuple) read(pickle)).items();
    assertThat(items.subList(0, 17))
        .containsExactly(
            None.NONE,
            new Bool(false),
            new Bool(true),
            new Whole(-5),
            new Whole(-123456789012L),
            new Real(1.5),
            new Real(Double.NEGATIVE_INFINITY),
            new Real(1e-5),
            new Whole(-2),
            new Whole(255),
            new Whole(256),
            new Whole(-256),
            new Whole(0),
            new Whole(-128),
            new Real(2.5),
            new Bool(true),
            new Bool(false));
    assertThat(items.subList(17, 20))
        .extracting(item -> ((Bytes) item).latin1())
        .containsExactly("a\0\n'\\A\\q\u00e9", "z", "y");
    assertThat(items.subList(20, 24))
        .containsExactly(
            new Text("a\u20ac\\n\u00e9"), new Text("\u00e9"), new Text("w"), new Tuple(List.of()));
    assertThat(((Listing) items.get(24)).items()).isEmpty();
    assertThat(((Dictionary) items.get(25)).items()).isEmpty();
    assertThat(items).hasSize(26);
  }

  @Test
  void dictionariesHaveStringsAsKeys() {
    Dictionary built = (Dictionary) read("(S'a'\nI1\nVb\nI2\nd.");
    assertThat(built.items())
        .containsExactly(Map.entry("a", new Whole(1)), Map.entry("b", new Whole(2)));
    assertThat(((Dictionary) read("}S'a'\nI1\ns(Vb\nI2\nu.")).items()).isEqualTo(built.items());
    assertRejected("}I1\nI1\ns.", "a key of a dictionary is the number 1");
    assertRejected("}(S'a'\nI1\nVb\nu.", "a key without a value");
  }

  @Test
  void valuesAreRememberedAndRecalled() {
    Tuple tuple = (Tuple) read("(]p7\nI1\nag7\nh\7t.");
    assertThat(tuple.items()).hasSize(3).allMatch(item -> item == tuple.items().get(0));
    assertThat(((Tuple) read("(K\3\u0094K\4\u0094h\1h\0t.")).items())
        .containsExactly(new Whole(3), new Whole(4), new Whole(4), new Whole(3));
  }

  @ParameterizedTest
  @CsvSource({
    "malicious-protocol0.pkl, posix.system",
    "malicious-protocol4.pkl, posix.system",
    "object-array.pkl, dtype O8"
  })
  void refusesWhatIsNotAnArrayOfNumbers(String name, String reason) {
    assertRejected(Pickles.bytes(name), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\n(S'echo'\ntR.",
        "(ios\nsystem\n.",
        "(S'echo'\nios\nsystem\n.",
        "\u008c\2os\u008c\6system\u0093.",
        "c__builtin__\neval\n.",
        "cbuiltins\ngetattr\n.",
        "cnumpy\nload\n.",
        "cnumpy.core.multiarray\nscalar\n."
      })
  void callsNoOtherName(String pickle) {
    assertRejected(pickle, "asks to call");
    assertRejected(pickle, "only NumPy arrays are read, so nothing was called");
  }

  @Test
  void namesTheFunctionThatWasAskedFor() {
    Path file = Pickles.file(folder, latin1("cos\nsystem\n(S'echo'\ntR."));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": this pickle asks to call os.system;");
  }

  @Test
  void aNameCannotBreakTheLineOrFillTheScreen() {
    String name = "x\r\u001b[31m" + "y".repeat(100_000);
    assertThatThrownBy(() -> read("c" + name + "\n" + name + "\n."))
        .isInstanceOf(UserException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().substring(folder.toString().length()))
                    .matches("\\p{Print}{1,400}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | it is empty; fetch it again
          `.` | leaves 0 values
          `NN.` | leaves 2 values
          `(N.` | leaves 1 values
          `N..` | 1 bytes follow the end
          `PK` | object outside
          `zip` | 0x7a is no instruction
          `0` | needs a value
          `N(2` | needs a value
          `N(a` | needs a value
          `1` | needs a mark
          `t` | needs a mark
          `Na` | needs a value
          `NNa` | appends to None
          `NNNs` | sets an item of None
          `N(NNu` | sets an item of None
          `I5` | middle of a line
          `Ix\n` | 'x' is no number
          `I99999999999999999999\n` | is no number of 64 bits
          `I9999999999999999999\n` | does not fit into 64 bits
          `Fx\n` | is no number
          `F0x1p3\n` | is no number
          `Sa\n` | does not stand in quotes
          `S'\n` | does not stand in quotes
          `S'a"\n` | does not stand in quotes
          `S'\\'\n` | lone backslash
          `S'\\x4'\n` | without its 2 hex digits
          `V\\u12\n` | without its 4 hex digits
          `V\\Uffffffff\n` | beyond Unicode
          `g5\n` | value 5, which it has not stored
          `p0\n` | needs a value
          `NNR` | arguments of a call are None
          `N)R` | asks to call None
          `N)b` | set the state of None
          `)(NNo` | asks to call None
          `(o` | asks to call nothing
          `cnumpy\ndtype\n)\201` | asks to call numpy.dtype
          `cnumpy\nndarray\n)R` | asks to call numpy.ndarray
          `cnumpy\ndtype\n)R` | called with 0 arguments
          `cnumpy\ndtype\n(Vi8\ntR` | dtype i8
          `c__builtin__\nbytes\n(NtR` | called with arguments
          `c_codecs\nencode\n(Va\nVutf8\ntR` | not Latin-1 text
          `c_codecs\nencode\n(V\\u20ac\nVlatin1\ntR` | not Latin-1
          `cnumpy.core.numeric\n_frombuffer\n)R` | called with 0 arguments
          `cnumpy.core.multiarray\n_reconstruct\n(NNNtR` | not numpy.ndarray
          `\200\011` | protocol 9
          `\225\005` | ends too early
          `\217` | a set
          `\202\001` | object outside
          `\227` | buffer outside
          """)
  void rejectsWhatIsMalformed(String pickle, String reason) {
    assertRejected(pickle, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T\377\377\377\177",
        "T\377\377\377\377",
        "B\377\377\377\377",
        "X\377\377\377\377",
        "\u008e\377\377\377\377\377\377\377\177",
        "\u008e\377\377\377\377\377\377\377\377",
        "\u008d\0\0\0\0\1\0\0\0",
        "\u0096\0\0\0\0\1\0\0\0",
        "\u0095\377\377\377\377\377\377\377\377"
      })
  void aClaimedSizeIsCheckedBeforeAnythingIsAllocated(String pickle) {
    assertRejected(pickle + "abc.", "ends too early");
  }

  @Test
  void aFrameMustFitIntoTheFile() {
    assertThat(read("\u0095\2\0\0\0\0\0\0\0N.")).isEqualTo(None.NONE);
    assertRejected("\u0095\5\0\0\0\0\0\0\0N.", "a frame of 5 bytes, 2 are left");
  }

  @Test
  void longNumbersAreNotRead() {
    assertRejected("\u008a\11" + "\1".repeat(9) + ".", "9 bytes does not fit into 64 bits");
    assertRejected("\u008b\377\377\377\177.", "does not fit into 64 bits");
    assertRejected("\u008b\377\377\377\377.", "does not fit into 64 bits");
    assertRejected("I" + "1".repeat(1_000_000) + "\n.", "a number has 1000000 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (I1 (I2 t D I0 S'abcdefg' t b    | has 7 bytes of data
          (I1 (I99999999999 t D I0 S'' t b | expected a size
          (I1 (I-1 t D I0 S'' t b          | expected a size
          (I1 (F2.0 t D I0 S'' t b         | expected a size
          (I1 (I2147483647 I2147483647 I2147483647 t D I0 S'abcd' t b | has 4 bytes of data
          (I1 I2 D I0 S'abcd' t b          | the shape of an array is the number 2
          (I1 (I1 t N I0 S'abcd' t b       | the dtype of an array is None
          (I1 (I1 t D N S'abcd' t b        | the memory order of an array is None
          (I1 (I1 t D I7 S'abcd' t b       | the memory order of an array is the number 7
          (I1 (I1 t D I0 (l t b            | the data of an array are a list
          (I1 t b                          | the state of an array is a tuple
          Nb                               | the state of an array is None
          (I1 (I1 t D I0 S'abcd' t b(I1 (I1 t D I0 S'abcd' t b | set twice
          """)
  void rejectsAnArrayThatIsWrong(String state, String reason) {
    String lines =
        state
            .replaceAll("(I-?\\d+|F[0-9.]+|S'\\w*') ", "$1\n")
            .replace(" ", "")
            .replace("D", DTYPE);
    assertRejected(EMPTY + lines + ".", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (I3 S'x' N N N t b   | byte order x
          (I3 S'<' N N t b     | expected 8 items
          Nb                   | expected 8 items
          (I3 S'<' N (t N t b  | several fields
          (I3 S'<' N N N t b(I3 S'<' N N N t b | set twice
          """)
  void rejectsADtypeThatIsWrong(String state, String reason) {
    String lines = state.replaceAll("(I\\d+|S'.') ", "$1\n").replace(" ", "");
    assertRejected(DTYPE + lines + ".", reason);
  }

  @Test
  void anArrayWithoutAStateHasNoContents() {
    PickledArray array = (PickledArray) read(EMPTY + ".");
    assertThatThrownBy(array::toFloatArray)
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("no contents");
  }

  @Test
  void aNumberBeyondFloat32IsNotTurnedIntoInfinity() {
    String state = "(I1\n(I1\nt" + DTYPE.replace("f4", ">f8") + "I0\nS'\\x7f\\xe0aaaaaa'\ntb.";
    PickledArray array = (PickledArray) read(EMPTY + state);
    assertThatThrownBy(array::toFloatArray)
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("float32 cannot hold");
  }

  @Test
  void deepNestingIsReadWithoutRecursion() {
    int depth = 400_000;
    assertThat(read("]".repeat(depth) + "a".repeat(depth - 1) + ".")).isInstanceOf(Listing.class);
    assertThat(read(")" + "\u0085".repeat(depth) + ".")).isInstanceOf(Tuple.class);
    assertRejected("(".repeat(depth) + ".", "leaves 0 values");
  }

  @Test
  void aListMayContainItself() {
    Listing list = (Listing) read("]p0\ng0\na.");
    assertThat(list.items().get(0) == list).isTrue();
    assertThat(list.describe()).isEqualTo("a list");
  }

  @Test
  void instructionsAreCounted() {
    assertRejected(
        "N" + "N0".repeat(RestrictedUnpickler.MOST_INSTRUCTIONS) + ".",
        "more than 1000000 instructions");
  }

  @Test
  void aRememberedTextCannotBeEncodedAgainAndAgain() {
    String once = "g0\ng1\ng2\n\u0086Ra";
    String pickle =
        "c_codecs\nencode\np0\n0V"
            + "x".repeat(100_000)
            + "\np1\n0Vlatin1\np2\n0]"
            + once.repeat(10_000)
            + ".";
    assertRejected(pickle, "encode more text than it has");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.pkl");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is missing: there is no such file");
    assertThatThrownBy(() -> read(folder)).isInstanceOf(UserException.class);
  }

  private static void assertArray(PickleValue value, int[] shape, float... values)
      throws PickleException {
    FloatArray array = ((PickledArray) value).toFloatArray();
    assertThat(array.shape()).containsExactly(shape);
    assertThat(array.values()).containsExactly(values);
  }

  private void assertRejected(String pickle, String reason) {
    assertRejected(latin1(pickle), reason);
  }

  private void assertRejected(byte[] pickle, String reason) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageContaining("x.pkl: ")
        .hasMessageContaining(reason);
  }

  private PickleValue read(String pickle) {
    return read(latin1(pickle));
  }

  private PickleValue read(byte[] pickle) {
    return read(Pickles.file(folder, pickle));
  }

  private static PickleValue read(Path file) {
    return RestrictedUnpickler.read(file, ReleasedParameters.CORPUS);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
