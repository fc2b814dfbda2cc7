package org.seqgan.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.backend.dl4j.operation.Dl4jTensor;

@DisplayName("Primitives")
class PrimitivesTest {
  private static final long SEED = 11;

  private TensorBackend backend;
  private TensorScope scope;
  private RandomTensors random;

  @BeforeEach
  void open() {
    backend = new Dl4jBackendProvider().open(Dl4jOptions.withThreads(2));
    scope = backend.openScope();
    random = new RandomTensors(scope, SEED);
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "13, 7, 3", "64, 1720, 33", "700, 5, 207", "300, 301, 302"})
  void matmulMultipliesInEveryTransposition(int m, int n, int k) {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        Tensor a = transposeA ? random.tensor(k, m) : random.tensor(m, k);
        Tensor b = transposeB ? random.tensor(n, k) : random.tensor(k, n);
        float[] expected = product(a, transposeA, b, transposeB, m, n, k);
        Tensor c = scope.matmul(a, transposeA, b, transposeB);
        assertClose(scope.read(c), expected, 1);
        scope.addMatmul(a, transposeA, b, transposeB, c);
        assertClose(scope.read(c), expected, 2);
      }
    }
  }

  @Test
  void matmulOverNothingIsZero() {
    Tensor c = scope.matmul(scope.allocate(3, 0), false, scope.allocate(0, 4), false);
    assertThat(scope.read(c)).containsOnly(0f).hasSize(12);
  }

  @Test
  void matmulIgnoresWhatItsResultHeldBefore() {
    Tensor poison = scope.tensor(new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN}, 2, 2);
    Tensor a = scope.tensor(new float[] {1, 2, 3, 4}, 2, 2);
    backend.matmul(a, false, a, false, poison, false);
    assertThat(scope.read(poison)).containsExactly(7, 10, 15, 22);
  }

  @Test
  void binaryRepeatsAVectorForEveryRowAlsoAcrossBlocks() {
    Tensor a = random.tensor(1000, 37);
    Tensor b = random.tensor(37);
    float[] sums = scope.read(scope.binary(BinaryOperation.ADD, a, b));
    float[] left = scope.read(a);
    float[] right = scope.read(b);
    for (int i = 0; i < sums.length; i++) {
      assertThat(sums[i]).isEqualTo(left[i] + right[i % 37]);
    }
  }

  @ParameterizedTest
  @MethodSource("axes")
  void reductionsLookAlongAnyAxis(int axis) {
    Tensor a = random.tensor(3, 5, 7);
    float[] values = scope.read(a);
    int[] strides = {35, 7, 1};
    int[] shape = {3, 5, 7};
    float[] sums = scope.read(scope.reduce(Reduction.SUM, a, axis));
    float[] means = scope.read(scope.reduce(Reduction.MEAN, a, axis));
    float[] maxima = scope.read(scope.reduce(Reduction.MAX, a, axis));
    int[] where = scope.read(scope.argMax(a, axis));
    int at = 0;
    for (int first = 0; first < values.length; first++) {
      if (first / strides[axis] % shape[axis] == 0) {
        double sum = 0;
        for (int i = 0; i < shape[axis]; i++) {
          float value = values[first + i * strides[axis]];
          sum += value;
          assertThat(value).isLessThanOrEqualTo(maxima[at]);
        }
        assertThat(sums[at]).isCloseTo((float) sum, within(1e-6f));
        assertThat(means[at]).isCloseTo((float) (sum / shape[axis]), within(1e-6f));
        assertThat(values[first + where[at] * strides[axis]]).isEqualTo(maxima[at]);
        at++;
      }
    }
    assertThat(at).isEqualTo(sums.length);
  }

  static List<Integer> axes() {
    return List.of(0, 1, 2);
  }

  @Test
  void argMaxTakesTheFirstOfEqualOnes() {
    Tensor a = scope.tensor(new float[] {1, 3, 3, 2}, 4);
    assertThat(scope.read(scope.argMax(a, 0))).containsExactly(1);
  }

  @Test
  void softmaxRowsSumToOneEvenForLargeLogits() {
    Tensor a = random.tensor(500f, 70, 33);
    float[] p = scope.read(scope.softmax(a));
    float[] logP = scope.read(scope.logSoftmax(a));
    for (int row = 0; row < 70; row++) {
      float sum = 0;
      for (int i = row * 33; i < (row + 1) * 33; i++) {
        sum += p[i];
        assertThat((float) Math.exp(logP[i])).isCloseTo(p[i], within(1e-5f));
      }
      assertThat(sum).isCloseTo(1f, within(1e-5f));
    }
  }

  @Test
  void scatterAddsRepeatedIds() {
    Tensor out = scope.zeros(3, 2);
    Tensor rows = scope.tensor(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    scope.scatterAddRows(rows, scope.ints(new int[] {2, 0, 2}, 3), out);
    assertThat(scope.read(out)).containsExactly(3, 4, 0, 0, 6, 8);
  }

  @Test
  void gatherNamesAnIdOutsideTheTable() {
    Tensor table = scope.zeros(3, 2);
    assertThatThrownBy(() -> scope.gatherRows(table, scope.ints(new int[] {0, 3}, 2)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("gatherRows (dl4j): id 3 at position 1 is outside the table's 3 rows");
  }

  @Test
  void concatAndSliceAreInverse() {
    Tensor a = random.tensor(4, 3, 5);
    Tensor b = random.tensor(4, 2, 5);
    Tensor joined = scope.concat(List.of(a, b), 1);
    assertThat(scope.read(scope.slice(joined, 1, 0, 3))).isEqualTo(scope.read(a));
    assertThat(scope.read(scope.slice(joined, 1, 3, 5))).isEqualTo(scope.read(b));
  }

  @Test
  void uniformNumbersAreThoseOfTheDraws() {
    var draws = random.random().draws(40_000).slice(7, 39_000);
    float[] expected = new float[draws.count()];
    draws.fill(expected, 0);
    assertThat(scope.read(scope.uniform(draws))).isEqualTo(expected);
  }

  @Test
  void viewsShareMemory() {
    Tensor a = scope.zeros(4, 3);
    scope.fill(scope.rows(a, 1, 3), 2f);
    assertThat(scope.read(a)).containsExactly(0, 0, 0, 2, 2, 2, 2, 2, 2, 0, 0, 0);
  }

  @Test
  void nd4jSeesTheSameNumbers() {
    Tensor a = scope.tensor(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Supplier<float[]> rows =
        () -> ((Dl4jTensor) scope.rows(a, 1, 3)).array().dup().data().asFloat();
    assertThat(rows.get()).containsExactly(3, 4, 5, 6);
    ((Dl4jTensor) a).array().muli(2);
    assertThat(scope.read(a)).containsExactly(2, 4, 6, 8, 10, 12);
  }

  private float[] product(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, int m, int n, int k) {
    float[] left = scope.read(a);
    float[] right = scope.read(b);
    float[] out = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          float x = transposeA ? left[l * m + i] : left[i * k + l];
          float y = transposeB ? right[j * k + l] : right[l * n + j];
          sum += (double) x * y;
        }
        out[i * n + j] = (float) sum;
      }
    }
    return out;
  }

  private static void assertClose(float[] actual, float[] expected, int times) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("seed %d", SEED).isCloseTo(times * expected[i], within(1e-4f));
    }
  }
}
