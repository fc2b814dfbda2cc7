package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.tasks.oracle.pickle.Pickles;

class OracleParametersTest {
  private static final OracleSizes SIZES = new OracleSizes(5, 3, 2);
  private static final Path SAFETENSORS = Path.of("oracle.safetensors");
  private static final List<String> OURS =
      List.of("embedding", "lstm.W", "lstm.U", "lstm.b", "logits.W", "logits.b");

  @TempDir Path folder;

  @Test
  void freshParametersHaveTheShapesThatTheGeneratorExpects() {
    NamedArrays fresh = OracleParameters.fresh(SIZES, 1, 1);
    assertThat(fresh.names()).isEqualTo(OURS);
    assertThat(fresh.get("embedding").shape()).containsExactly(5, 3);
    assertThat(fresh.get("lstm.W").shape()).containsExactly(3, 8);
    assertThat(fresh.get("lstm.U").shape()).containsExactly(2, 8);
    assertThat(fresh.get("lstm.b").shape()).containsExactly(8);
    assertThat(fresh.get("logits.W").shape()).containsExactly(2, 5);
    assertThat(fresh.get("logits.b").shape()).containsExactly(5);
  }

  @Test
  void freshParametersDependOnTheSeedAndScaleWithTheDeviation() {
    float[] one = OracleParameters.fresh(SIZES, 1, 1).get("lstm.U").values();
    assertThat(OracleParameters.fresh(SIZES, 1, 1).get("lstm.U").values()).containsExactly(one);
    assertThat(OracleParameters.fresh(SIZES, 1, 2).get("lstm.U").values()).isNotEqualTo(one);
    float[] twice = OracleParameters.fresh(SIZES, 2, 1).get("lstm.U").values();
    for (int i = 0; i < one.length; i++) {
      assertThat(twice[i]).isCloseTo(2 * one[i], within(1e-6f));
    }
  }

  @Test
  void theSizeOfOneArrayDoesNotChangeTheValuesOfAnother() {
    NamedArrays small = OracleParameters.fresh(SIZES, 1, 1);
    NamedArrays large = OracleParameters.fresh(new OracleSizes(50, 3, 2), 1, 1);
    assertThat(large.get("lstm.W").values()).containsExactly(small.get("lstm.W").values());
  }

  @Test
  void theReleasedArraysAreJoinedColumnByColumn() {
    NamedArrays joined = read(released());
    assertThat(joined.names()).isEqualTo(OURS);
    // Element [row, column] of gate g's array is 100 (its place in the file) + 10 row + column.
    assertThat(joined.get("lstm.W").shape()).containsExactly(3, 8);
    assertThat(joined.get("lstm.W").values())
        .containsExactly(
            100, 101, 400, 401, 700, 701, 1000, 1001, //
            110, 111, 410, 411, 710, 711, 1010, 1011, //
            120, 121, 420, 421, 720, 721, 1020, 1021);
    assertThat(joined.get("lstm.U").values())
        .containsExactly(
            200, 201, 500, 501, 800, 801, 1100, 1101, //
            210, 211, 510, 511, 810, 811, 1110, 1111);
    assertThat(joined.get("lstm.b").values())
        .containsExactly(300, 301, 600, 601, 900, 901, 1200, 1201);
    assertThat(joined.get("embedding").values()[4]).isEqualTo(11);
    assertThat(joined.get("logits.W").values()[6]).isEqualTo(1311);
    assertThat(joined.get("logits.b").values()).containsExactly(1400, 1401, 1402, 1403, 1404);
  }

  @Test
  void aPickledListGivesTheSameAsSafetensors() {
    NamedArrays expected = read(released());
    byte[] pickle = pickle("(l", released(), "a", "");
    NamedArrays read = readPickle(pickle);
    assertThat(read.names()).isEqualTo(OURS);
    for (String name : OURS) {
      assertThat(read.get(name).values()).containsExactly(expected.get(name).values());
    }
    assertThat(readPickle(pickle("(", released(), "", "t")).get("lstm.W").values())
        .containsExactly(expected.get("lstm.W").values());
  }

  @Test
  void aPickledDictionaryIsReadByName() {
    Map<String, FloatArray> ours = OracleParameters.fresh(SIZES, 1, 9).arrays();
    StringBuilder pickle = new StringBuilder("}");
    ours.forEach(
        (name, array) ->
            pickle.append("V").append(name).append("\n").append(item(array)).append("s"));
    byte[] bytes = pickle.append(".").toString().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(readPickle(bytes).get("lstm.U").values())
        .containsExactly(ours.getOrDefault("lstm.U", empty()).values());
  }

  @Test
  void ourOwnArraysAreTakenInAnyOrder() {
    List<String> names = new ArrayList<>(OURS);
    Collections.reverse(names);
    NamedArrays fresh = OracleParameters.fresh(SIZES, 1, 1);
    Map<String, FloatArray> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put(name, fresh.get(name)));
    assertThat(read(reversed).names()).isEqualTo(OURS);
    assertThat(read(reversed).get("lstm.W")).isSameAs(fresh.get("lstm.W"));
  }

  @Test
  void sizesThatDisagreeWithTheOptionsNameTheOption() {
    assertRejected(
        released(),
        new OracleSizes(100, 3, 2),
        "the oracle in oracle.safetensors has 5 tokens, task.vocabulary-size is 100; set it to 5");
    assertRejected(
        released(),
        new OracleSizes(5, 32, 2),
        "has 3 numbers an embedding, task.embedding-size is 32; set it to 3");
    assertRejected(
        released(),
        new OracleSizes(5, 3, 7),
        "has 2 hidden units, task.hidden-size is 7; set it to 2");
    assertRejected(
        OracleParameters.fresh(SIZES, 1, 1).arrays(),
        new OracleSizes(5, 3, 8),
        "has 2 hidden units, task.hidden-size is 8; set it to 2");
  }

  @Test
  void incompleteFilesAreRejected() {
    Map<String, FloatArray> missing = released();
    missing.remove("b_cell");
    assertRejected(missing, SIZES, "has no array b_cell; expected embedding, W_input");
    Map<String, FloatArray> unknown = released();
    unknown.put("b_extra", empty());
    assertRejected(unknown, SIZES, "has an unknown array b_extra");
    assertRejected(Map.of(), SIZES, "has no array embedding; expected embedding, lstm.W");
    Map<String, FloatArray> shape = released();
    shape.put("U_cell", empty());
    assertRejected(shape, SIZES, "has the array U_cell of shape [0], expected [2, 2]");
    Map<String, FloatArray> rank = released();
    rank.put("embedding", empty());
    assertRejected(rank, SIZES, "has the array embedding of shape [0], not a matrix");
  }

  @Test
  void aParameterThatIsNoNumberIsRejected() {
    Map<String, FloatArray> arrays = released();
    arrays.put("b_cell", new FloatArray(new int[] {2}, new float[] {1, Float.NaN}));
    assertRejected(arrays, SIZES, "has NaN at element 1 of b_cell");
  }

  @Test
  void aPickleOfSomethingElseIsRejected() {
    assertPickleRejected("N.", "holds None, expected a list of 15 arrays: embedding, W_input");
    assertPickleRejected("(NNl.", "holds a list of 2 values, expected a list of 15 arrays");
    assertPickleRejected("(" + "N".repeat(15) + "l.", "has None where the array embedding is");
    assertPickleRejected("}VU_input\nNs.", "has None where the array U_input is expected");
    assertPickleRejected("garbage", "x.pkl: ");
  }

  /** The 15 arrays; element [row, column] of array n is 100 n + 10 row + column. */
  private static Map<String, FloatArray> released() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    OracleLayout.RELEASED
        .shapes(SIZES)
        .forEach(
            (name, shape) -> {
              int columns = shape.get(shape.size() - 1);
              int rows = shape.size() == 2 ? shape.get(0) : 1;
              float[] values = new float[rows * columns];
              for (int i = 0; i < values.length; i++) {
                values[i] = 100 * arrays.size() + 10 * (i / columns) + i % columns;
              }
              int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
              arrays.put(name, new FloatArray(sizes, values));
            });
    return arrays;
  }

  private static byte[] pickle(
      String start, Map<String, FloatArray> arrays, String afterEach, String end) {
    StringBuilder pickle = new StringBuilder(start);
    arrays.values().forEach(array -> pickle.append(item(array)).append(afterEach));
    return pickle.append(end).append(".").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An array as a big-endian float64 pickle. */
  private static String item(FloatArray array) {
    ByteBuffer data =
        ByteBuffer.allocate(array.values().length * Double.BYTES).order(ByteOrder.BIG_ENDIAN);
    for (float value : array.values()) {
      data.putDouble(value);
    }
    ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    String shape =
        String.join("", Arrays.stream(array.shape()).mapToObj(n -> "I" + n + "\n").toList());
    return "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n("
        + shape
        + "tcnumpy\ndtype\n(S'>f8'\nI0\nI1\ntRI00\nT"
        + new String(size.putInt(0, data.limit()).array(), StandardCharsets.ISO_8859_1)
        + new String(data.array(), StandardCharsets.ISO_8859_1)
        + "tb";
  }

  private static FloatArray empty() {
    return new FloatArray(new int[] {0}, new float[0]);
  }

  private static NamedArrays read(Map<String, FloatArray> arrays) {
    return OracleParameters.read(SAFETENSORS, SIZES, file -> new NamedArrays(arrays));
  }

  private NamedArrays readPickle(byte[] pickle) {
    return OracleParameters.read(
        Pickles.file(folder, pickle),
        SIZES,
        file -> {
          throw new AssertionError(file + " is no safetensors file");
        });
  }

  private static void assertRejected(
      Map<String, FloatArray> arrays, OracleSizes expected, String reason) {
    assertThatThrownBy(
            () -> OracleParameters.read(SAFETENSORS, expected, file -> new NamedArrays(arrays)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageContaining(reason);
  }

  private void assertPickleRejected(String pickle, String reason) {
    assertThatThrownBy(() -> readPickle(pickle.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("x.pkl");
  }
}
