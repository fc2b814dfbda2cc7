package org.seqgan.backend.dl4j.kernel;

import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.backend.dl4j.memory.OffHeap;

/**
 * Loops over ranges of heap arrays that are small enough for the first cache level or two. A range
 * is an array, the index it begins at, and a count. Every method computes in a fixed order.
 *
 * <p>Thread-safe: no state.
 */
public interface Kernels {
  /** One line that says what runs and, where it is not the fast version, why. */
  String description();

  /** {@code a = f(a)}. */
  void unary(UnaryOperation operation, float[] a, int at, int count);

  /** {@code a = f(a, b)}. */
  void binary(BinaryOperation operation, float[] a, int at, float[] b, int bAt, int count);

  /** {@code a = scale * a + shift}. */
  void affine(float[] a, int at, float scale, float shift, int count);

  /** {@code y += scale * x}. */
  void addScaled(float[] x, int xAt, float scale, float[] y, int yAt, int count);

  /**
   * {@code y += sum over k of scales[k] * x_k}, one x after the other, for {@code k = from..to -
   * 1}: x_k begins at {@code starts[k]}.
   */
  void addScaledRows(
      float[] x, int[] starts, float[] scales, int from, int to, float[] y, int yAt, int count);

  /** {@code a = scale * (a + b)}; returns the largest, or minus infinity of none. */
  float addScaleMax(float[] a, int at, float[] b, int bAt, float scale, int count);

  /** The largest, or minus infinity of none. */
  float max(float[] a, int at, int count);

  /** {@code a = exp(a - shift)}; returns the sum. */
  float expSum(float[] a, int at, float shift, int count);

  /** The largest {@code a + b}, or minus infinity of none. */
  float maxOfSums(float[] a, float[] b, int count);

  /**
   * {@code out = exp(scale * (a + b) - shift)} for the range of a and b that begins at {@code at}.
   */
  void expOfSums(float[] a, float[] b, int at, float scale, float shift, int count, float[] out);

  /**
   * The sums of {@code exp(scale * (a + b) - shift)} over runs of {@code run} numbers, the last of
   * which may be shorter.
   */
  void expSumsOfRuns(
      float[] a, float[] b, float scale, float shift, int run, int count, float[] sums);

  /** The sum. */
  float sum(float[] a, int at, int count);

  /** The sum of squares. */
  float sumOfSquares(float[] a, int at, int count);

  /**
   * One window of many: {@code best = max(best, relu(a + b))}, and in {@code where} the first
   * window that has it. Where a sum is NaN, so is {@code best}, and {@code where} is a window of
   * those.
   *
   * @param window from 0 on; 0 replaces what {@code best} and {@code where} hold
   */
  void reluMaxOfWindow(float[] a, float[] b, int window, float[] best, float[] where, int count);

  /**
   * Copies rows that lie one after another to where they begin {@code stride} floats apart; what is
   * between them stays.
   */
  void storeRows(float[] from, int rows, int columns, OffHeap to, int stride);

  /**
   * {@code best = max(best, sum of rows)} for each window, where a window is {@code count} rows of
   * a table, given by where each begins; the first {@code n} floats of each.
   *
   * @param starts of the rows of the first window, then of the second, and so on
   */
  void maxOfRowSums(float[] table, int[] starts, int windows, int count, int n, float[] best);

  /**
   * Adam: {@code g' = gradientScale * g; m = beta1 m + (1 - beta1) g'; v = beta2 v + (1 - beta2)
   * g'^2; p -= stepSize * m / (sqrt(v) + epsilon)}, on the first {@code count} floats of each, of g
   * from {@code gAt} on.
   */
  void adam(
      AdamCoefficients coefficients,
      float[] p,
      float[] g,
      int gAt,
      float[] m,
      float[] v,
      int count);

  /** Whether {@link #adamInPlace} is there: not in every Java. */
  boolean updatesInPlace();

  /**
   * {@link #adam} with the same bits, on memory outside the heap, without copies of it on the heap.
   *
   * @return the sum of squares of g, not scaled
   * @throws UnsupportedOperationException unless {@link #updatesInPlace()}
   */
  float adamInPlace(
      AdamCoefficients coefficients, OffHeap p, OffHeap g, OffHeap m, OffHeap v, int count);
}
