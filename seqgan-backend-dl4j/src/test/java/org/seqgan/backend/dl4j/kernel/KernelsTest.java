package org.seqgan.backend.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.memory.OffHeap;

@DisplayName("Element-wise loops")
class KernelsTest {
  private static final long SEED = 7;

  static Stream<Kernels> kernels() {
    assertThat(VectorModule.load()).as("the tests run with %s", VectorModule.OPTION).isTrue();
    return Stream.of(new ScalarKernels("asked for by a test"), new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void computeTheExponentialToTwoPartsInTenMillion(Kernels kernels) {
    assertRelativeError(kernels, UnaryOperation.EXP, Math::exp, -87f, 88.7f, 2e-7);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void computeTheLogisticFunction(Kernels kernels) {
    assertRelativeError(
        kernels, UnaryOperation.SIGMOID, x -> 1 / (1 + Math.exp(-x)), -80f, 80f, 5e-7);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void computeTheHyperbolicTangentAlsoNearZero(Kernels kernels) {
    assertRelativeError(kernels, UnaryOperation.TANH, Math::tanh, -12f, 12f, 4e-7);
    assertRelativeError(kernels, UnaryOperation.TANH, Math::tanh, -1e-3f, 1e-3f, 4e-7);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void keepTheLimitsOfTheExponential(Kernels kernels) {
    float[] values = new float[40];
    float[] edges = {
      Float.NEGATIVE_INFINITY, -1e30f, -200f, 200f, 1e30f, Float.POSITIVE_INFINITY, Float.NaN, 0f
    };
    System.arraycopy(edges, 0, values, 0, edges.length);
    System.arraycopy(edges, 0, values, 32, edges.length);
    kernels.unary(UnaryOperation.EXP, values, 0, values.length);
    float infinity = Float.POSITIVE_INFINITY;
    float[] expected = {0, 0, 0, infinity, infinity, infinity, Float.NaN, 1};
    for (int i = 0; i < edges.length; i++) {
      Float result = expected[i];
      assertThat(values[i]).as("in a vector, of %s", edges[i]).isEqualTo(result);
      assertThat(values[32 + i]).as("at the end, of %s", edges[i]).isEqualTo(result);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void applyUnaryFunctionsToTheGivenRangeOnly(Kernels kernels) {
    for (UnaryOperation operation : UnaryOperation.values()) {
      for (int count : new int[] {0, 1, 15, 16, 17, 207}) {
        float[] values = positive(count + 5);
        float[] original = values.clone();
        kernels.unary(operation, values, 3, count);
        for (int i = 0; i < values.length; i++) {
          boolean inside = i >= 3 && i < 3 + count;
          float expected = inside ? ScalarKernels.apply(operation, original[i]) : original[i];
          assertThat(values[i]).as("%s of %d", operation, count).isCloseTo(expected, within(1e-6f));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void applyBinaryFunctions(Kernels kernels) {
    for (BinaryOperation operation : BinaryOperation.values()) {
      for (int count : new int[] {1, 16, 207}) {
        float[] a = positive(count + 1);
        float[] b = positive(count + 2);
        float[] original = a.clone();
        kernels.binary(operation, a, 1, b, 2, count);
        for (int i = 0; i < count; i++) {
          assertThat(a[1 + i])
              .as("%s of %d", operation, count)
              .isEqualTo(ScalarKernels.apply(operation, original[1 + i], b[2 + i]));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumAndFindTheLargest(Kernels kernels) {
    for (int count : new int[] {1, 13, 16, 207, 5000}) {
      float[] a = positive(count);
      double sum = 0;
      double squares = 0;
      float largest = 0;
      for (float value : a) {
        sum += value;
        squares += (double) value * value;
        largest = Math.max(largest, value);
      }
      assertThat((double) kernels.sum(a, 0, count)).isCloseTo(sum, Percentage.withPercentage(1e-4));
      assertThat((double) kernels.sumOfSquares(a, 0, count))
          .isCloseTo(squares, Percentage.withPercentage(1e-4));
      assertThat(kernels.max(a, 0, count)).isEqualTo(largest);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void addScaledRowsWhereverTheyBegin(Kernels kernels) {
    float[] x = positive(900);
    int[] starts = {-1, 400, 3, 589, 0};
    float[] scales = {Float.NaN, 2f, -0.5f, 3f, Float.NaN};
    for (int count : new int[] {1, 16, 64, 127, 128, 207, 300}) {
      float[] y = positive(count + 2);
      float[] before = y.clone();
      kernels.addScaledRows(x, starts, scales, 1, 4, y, 1, count);
      for (int i = 0; i < count; i++) {
        float expected = before[1 + i] + 2 * x[400 + i] - 0.5f * x[3 + i] + 3 * x[589 + i];
        assertThat(y[1 + i]).as("%d of %d", i, count).isCloseTo(expected, within(1e-5f));
      }
      assertThat(y[0]).isEqualTo(before[0]);
      assertThat(y[count + 1]).isEqualTo(before[count + 1]);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void keepTheFirstOfTheLargestWindows(Kernels kernels) {
    float[][] windows = {
      {-3, 2, -1, Float.NaN, 1}, {-2, 2, 5, 1, Float.NaN}, {-1, 1, 5, 1, 5},
    };
    float[] bias = new float[40];
    float[] best = new float[40];
    float[] where = new float[40];
    Arrays.fill(bias, 0.5f);
    for (int window = 0; window < windows.length; window++) {
      float[] values = new float[40];
      for (int i = 0; i < values.length; i++) {
        values[i] = windows[window][i % 5];
      }
      kernels.reluMaxOfWindow(values, bias, window, best, where, 39);
    }
    float[] expected = {0f, 2.5f, 5.5f, Float.NaN, Float.NaN};
    float[] first = {0f, 0f, 1f, 0f, 1f};
    for (int i = 0; i < 39; i++) {
      assertThat(best[i]).as("number %d", i).isEqualTo((Float) expected[i % 5]);
      assertThat(where[i]).as("number %d", i).isEqualTo(first[i % 5]);
    }
    assertThat(best[39]).isZero();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void storeRowsApart(Kernels kernels) {
    for (int columns : new int[] {1, 16, 37}) {
      float[] rows = positive(3 * columns);
      ByteBuffer bytes = ByteBuffer.allocateDirect(Float.BYTES * 150);
      OffHeap memory = OffHeap.of(bytes.order(ByteOrder.nativeOrder()));
      kernels.storeRows(rows, 3, columns, memory.from(5), 40);
      float[] expected = new float[150];
      for (int row = 0; row < 3; row++) {
        System.arraycopy(rows, row * columns, expected, 5 + 40 * row, columns);
      }
      assertThat(memory.read(150)).containsExactly(expected);
    }
  }

  private static void assertRelativeError(
      Kernels kernels,
      UnaryOperation operation,
      DoubleUnaryOperator exact,
      float from,
      float to,
      double tolerance) {
    int count = 100_003;
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = from + (to - from) * i / count;
    }
    float[] y = x.clone();
    kernels.unary(operation, y, 0, count);
    double worst = 0;
    for (int i = 0; i < count; i++) {
      double expected = exact.applyAsDouble(x[i]);
      double error = Math.abs(y[i] - expected);
      worst = Math.max(worst, expected == 0 ? error : error / Math.abs(expected));
    }
    assertThat(worst).as("%s, worst relative error", operation).isLessThan(tolerance);
  }

  private static float[] positive(int count) {
    float[] values = new float[count];
    RandomStream.of(SEED).draws(count).fill(values, 0);
    for (int i = 0; i < count; i++) {
      values[i] += 0.01f;
    }
    return values;
  }
}
