package org.seqgan.backend.dl4j.kernel;

import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.backend.dl4j.memory.OffHeap;

/** The loops in plain Java, for a machine without the Vector API, and to compare with. */
public final class ScalarKernels implements Kernels {
  private final String description;

  /**
   * Plain loops.
   *
   * @param reason why they run instead of {@link VectorKernels}
   */
  ScalarKernels(String reason) {
    this.description = "scalar loops: " + reason;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void unary(UnaryOperation operation, float[] a, int at, int count) {
    for (int i = at; i < at + count; i++) {
      a[i] = apply(operation, a[i]);
    }
  }

  @Override
  public void binary(BinaryOperation operation, float[] a, int at, float[] b, int bAt, int count) {
    for (int i = 0; i < count; i++) {
      a[at + i] = apply(operation, a[at + i], b[bAt + i]);
    }
  }

  @Override
  public void affine(float[] a, int at, float scale, float shift, int count) {
    for (int i = at; i < at + count; i++) {
      a[i] = scale * a[i] + shift;
    }
  }

  @Override
  public void addScaled(float[] x, int xAt, float scale, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] += scale * x[xAt + i];
    }
  }

  @Override
  public void addScaledRows(
      float[] x, int[] starts, float[] scales, int from, int to, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = scaledSum(x, starts, scales, from, to, i, y[yAt + i]);
    }
  }

  /** One column of {@link Kernels#addScaledRows}. */
  static float scaledSum(
      float[] x, int[] starts, float[] scales, int from, int to, int column, float before) {
    float sum = before;
    for (int k = from; k < to; k++) {
      sum += scales[k] * x[starts[k] + column];
    }
    return sum;
  }

  @Override
  public float addScaleMax(float[] a, int at, float[] b, int bAt, float scale, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      a[at + i] = scale * (a[at + i] + b[bAt + i]);
      max = Math.max(max, a[at + i]);
    }
    return max;
  }

  @Override
  public float max(float[] a, int at, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, a[i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] a, int at, float shift, int count) {
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      a[i] = ScalarMath.exp(a[i] - shift);
      sum += a[i];
    }
    return (float) sum;
  }

  @Override
  public float maxOfSums(float[] a, float[] b, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, a[i] + b[i]);
    }
    return max;
  }

  @Override
  public void expOfSums(
      float[] a, float[] b, int at, float scale, float shift, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = ScalarMath.exp(scale * (a[at + i] + b[at + i]) - shift);
    }
  }

  @Override
  public void expSumsOfRuns(
      float[] a, float[] b, float scale, float shift, int run, int count, float[] sums) {
    for (int from = 0; from < count; from += run) {
      double sum = 0;
      for (int i = from; i < Math.min(from + run, count); i++) {
        sum += ScalarMath.exp(scale * (a[i] + b[i]) - shift);
      }
      sums[from / run] = (float) sum;
    }
  }

  @Override
  public float sum(float[] a, int at, int count) {
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += a[i];
    }
    return (float) sum;
  }

  @Override
  public float sumOfSquares(float[] a, int at, int count) {
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += (double) a[i] * a[i];
    }
    return (float) sum;
  }

  @Override
  public void reluMaxOfWindow(
      float[] a, float[] b, int window, float[] best, float[] where, int count) {
    reluMaxOfWindow(a, b, window, best, where, 0, count);
  }

  /** {@link #reluMaxOfWindow} from a place on. */
  static void reluMaxOfWindow(
      float[] a, float[] b, int window, float[] best, float[] where, int from, int count) {
    for (int i = from; i < count; i++) {
      float value = a[i] + b[i];
      if (window == 0) {
        best[i] = Math.max(value, 0f);
        where[i] = 0f;
      } else if (value > best[i] || Float.isNaN(value)) {
        best[i] = value;
        where[i] = window;
      }
    }
  }

  @Override
  public void storeRows(float[] from, int rows, int columns, OffHeap to, int stride) {
    for (int row = 0; row < rows; row++) {
      to.write(row * stride, from, row * columns, columns);
    }
  }

  @Override
  public void maxOfRowSums(
      float[] table, int[] starts, int windows, int count, int n, float[] best) {
    for (int window = 0; window < windows; window++) {
      for (int i = 0; i < n; i++) {
        best[i] = Math.max(best[i], rowSum(table, starts, window * count, count, i));
      }
    }
  }

  /** One column of {@link Kernels#maxOfRowSums}. */
  static float rowSum(float[] table, int[] starts, int from, int count, int column) {
    float sum = table[starts[from] + column];
    for (int j = 1; j < count; j++) {
      sum += table[starts[from + j] + column];
    }
    return sum;
  }

  @Override
  public void adam(
      AdamCoefficients coefficients,
      float[] p,
      float[] g,
      int gAt,
      float[] m,
      float[] v,
      int count) {
    for (int i = 0; i < count; i++) {
      adamOf(coefficients, p, g[gAt + i], m, v, i);
    }
  }

  @Override
  public boolean updatesInPlace() {
    return false;
  }

  @Override
  public float adamInPlace(
      AdamCoefficients coefficients, OffHeap p, OffHeap g, OffHeap m, OffHeap v, int count) {
    throw new UnsupportedOperationException("scalar loops read the heap alone");
  }

  /** One parameter of {@link #adam}. */
  static void adamOf(AdamCoefficients c, float[] p, float g, float[] m, float[] v, int i) {
    float gradient = c.gradientScale() * g;
    m[i] = c.beta1() * m[i] + (1f - c.beta1()) * gradient;
    v[i] = c.beta2() * v[i] + (1f - c.beta2()) * gradient * gradient;
    p[i] -= c.stepSize() * m[i] / ((float) Math.sqrt(v[i]) + c.epsilon());
  }

  static float apply(UnaryOperation operation, float x) {
    return switch (operation) {
      case EXP -> ScalarMath.exp(x);
      case LOG -> (float) Math.log(x);
      case TANH -> ScalarMath.tanh(x);
      case SIGMOID -> ScalarMath.sigmoid(x);
      case RELU -> Math.max(x, 0f);
      case SQRT -> (float) Math.sqrt(x);
      case SQUARE -> x * x;
    };
  }

  static float apply(BinaryOperation operation, float a, float b) {
    return switch (operation) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAX -> Math.max(a, b);
      case LESS -> a < b ? 1f : 0f;
    };
  }
}
