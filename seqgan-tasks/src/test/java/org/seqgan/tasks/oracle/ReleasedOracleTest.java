package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;

/**
 * The authors' target_params.pkl (Python 2, protocol 0) and the same arrays written by Python 3.
 * The files are not part of this repository; the hashes of their arrays were computed with NumPy.
 */
class ReleasedOracleTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "data", "oracle");
  private static final Path PYTHON_2 = FOLDER.resolve("target_params.pkl");
  private static final Path PYTHON_3 = FOLDER.resolve("target_params_py3.pkl");
  private static final OracleSizes SIZES = new OracleSizes(5000, 32, 32);
  private static final int HIDDEN = 32;

  /** SHA-256 of the little-endian float32 bytes; the gates joined with numpy.concatenate. */
  private static final Map<String, String> HASHES =
      Map.of(
          "embedding", "a323564b191ceb335abcdecb6c4108c66efc5e54de67cebe31133461d066ba16",
          "lstm.W", "a3337d3687ea0f99b23c749e6bfd2366d7e65f0611f6c86aff91ca9df8ec31d8",
          "lstm.U", "f72c38788984c35b057af1e06eacc323efc412c76b3dfeae4733e1467c2d3e2e",
          "lstm.b", "544c78e555b77a1d228dc045e3beeab213cf14a87677660485736ddf19d5fc05",
          "logits.W", "50371e6cf54baad6bd3e8ae9c722fddf2d98c0cbe6224785656524e4e82730f3",
          "logits.b", "959c57ffd7cf8f319119c73a9d3c702dbdbd88bcaac897b7741396616b210e7b");

  @BeforeEach
  void filesAreThere() {
    assumeThat(PYTHON_2).as("the authors' oracle is not on this machine").exists();
    assumeThat(PYTHON_3).as("the authors' oracle is not on this machine").exists();
  }

  @Test
  void bothFilesGiveTheArraysThatNumPyReads() {
    for (Path file : new Path[] {PYTHON_2, PYTHON_3}) {
      NamedArrays arrays = read(file);
      for (String name : arrays.names()) {
        assertThat(sha256(arrays.get(name))).as("%s in %s", name, file).isEqualTo(HASHES.get(name));
      }
      assertThat(arrays.names()).hasSameSizeAs(HASHES.keySet());
    }
  }

  @Test
  void singleValuesStandWhereNumPyFindsThem() {
    NamedArrays arrays = read(PYTHON_2);
    assertThat(arrays.get("embedding").values()[0]).isEqualTo(-1.2031105f);
    assertThat(arrays.get("lstm.W").values()[0]).isEqualTo(0.42463008f);
    assertThat(arrays.get("lstm.W").values()[3 * 4 * HIDDEN + 37]).isEqualTo(0.6523441f);
    assertThat(arrays.get("lstm.U").values()[3 * 4 * HIDDEN + 37]).isEqualTo(-0.7570864f);
    assertThat(arrays.get("lstm.b").values()[37]).isEqualTo(1.0930489f);
    assertThat(arrays.get("logits.b").values()[4999]).isEqualTo(-1.1484753f);
  }

  @Test
  void otherSizesAreRejectedByName() {
    OracleSizes small = new OracleSizes(100, 32, 32);
    assertThatThrownBy(() -> OracleParameters.read(PYTHON_2, small, file -> read(file)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the oracle in "
                + PYTHON_2
                + " has 5000 tokens, task.vocabulary-size is 100; set it to 5000");
  }

  /**
   * Sequence 0 of golden.json with its log-probabilities, which were computed independently of this
   * project's code: the order of the gates and the lack of a forget bias matter.
   */
  @Test
  void theJoinedArraysGiveTheKnownLogProbabilities() {
    int[] tokens = {
      4243, 1688, 407, 4668, 4654, 4099, 2472, 3887, 4055, 2286, 417, 2729, 2286, 2374, 2422, 2263,
      3389, 2961, 2186, 640
    };
    double[] expected = {
      -5.382571, -5.854175, -6.633638, -7.05447, -7.774923, -6.250343, -4.780981, -4.434777,
      -7.025032, -0.92284, -1.709642, -1.244058, -3.822191, -5.624567, -5.754406, -1.793606,
      -9.345442, -8.235691, -9.686759, -5.961428
    };
    NamedArrays arrays = read(PYTHON_2);
    double[] h = new double[HIDDEN];
    double[] c = new double[HIDDEN];
    int input = 0;
    for (int t = 0; t < tokens.length; t++) {
      step(arrays, input, h, c);
      assertThat(logProbability(arrays, h, tokens[t]))
          .as("t = %d", t)
          .isCloseTo(expected[t], within(1e-4));
      input = tokens[t];
    }
  }

  /** One step of an LSTM without peepholes (Hochreiter, Schmidhuber 1997; Gers et al. 2000). */
  private static void step(NamedArrays arrays, int token, double[] h, double[] c) {
    double[] gates = new double[4 * HIDDEN];
    float[] embedding = arrays.get("embedding").values();
    float[] w = arrays.get("lstm.W").values();
    float[] u = arrays.get("lstm.U").values();
    for (int column = 0; column < gates.length; column++) {
      gates[column] = arrays.get("lstm.b").values()[column];
      for (int i = 0; i < HIDDEN; i++) {
        gates[column] +=
            embedding[token * HIDDEN + i] * (double) w[i * gates.length + column]
                + h[i] * u[i * gates.length + column];
      }
    }
    for (int i = 0; i < HIDDEN; i++) {
      double input = sigmoid(gates[i]);
      double forget = sigmoid(gates[HIDDEN + i]);
      double output = sigmoid(gates[2 * HIDDEN + i]);
      c[i] = forget * c[i] + input * Math.tanh(gates[3 * HIDDEN + i]);
      h[i] = output * Math.tanh(c[i]);
    }
  }

  private static double logProbability(NamedArrays arrays, double[] h, int token) {
    float[] w = arrays.get("logits.W").values();
    float[] b = arrays.get("logits.b").values();
    double sum = 0;
    double chosen = 0;
    for (int v = 0; v < b.length; v++) {
      double logit = b[v];
      for (int i = 0; i < HIDDEN; i++) {
        logit += h[i] * w[i * b.length + v];
      }
      sum += Math.exp(logit);
      chosen = v == token ? logit : chosen;
    }
    return chosen - Math.log(sum);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static NamedArrays read(Path file) {
    return OracleParameters.read(
        file,
        SIZES,
        other -> {
          throw new AssertionError(other + " is no safetensors file");
        });
  }

  private static String sha256(FloatArray array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(array.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(array.values());
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
