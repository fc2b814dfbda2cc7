package org.seqgan.backend.dl4j.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.backend.dl4j.memory.OffHeap;

/**
 * The loops by the Vector API, whole vectors first and the rest number by number. Each loop is a
 * method of its own, because the compiler turns vectors into registers only where it sees a whole
 * loop and its methods are not too long.
 *
 * <p>For the same reason none may be inlined into a caller, so they are called through {@link
 * InliningBarrier}. Loops that are shorter than a call through it costs stand in one method with
 * the loop around them.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = SPECIES.length();

  private final InliningBarrier barrier = new InliningBarrier();

  // Called once for each window or block: a lambda for each call would cost as much as the loop.
  private final MethodHandle rowSumBlocks = ofRowSums("maxOfRowSumBlocks");
  private final MethodHandle rowSumVectors = ofRowSums("maxOfRowSumVectors");
  private final MethodHandle scaledWide = ofScaledRows("addScaledWide");
  private final MethodHandle scaledBlocks = ofScaledRows("addScaledBlocks");
  private final MethodHandle scaledVectors = ofScaledRows("addScaledVectors");

  private static MethodHandle ofRowSums(String loop) {
    return InliningBarrier.handle(
        MethodHandles.lookup(),
        loop,
        MethodType.methodType(
            void.class,
            float[].class,
            int[].class,
            int.class,
            int.class,
            int.class,
            float[].class));
  }

  private static MethodHandle ofScaledRows(String loop) {
    return InliningBarrier.handle(
        MethodHandles.lookup(),
        loop,
        MethodType.methodType(
            void.class,
            float[].class,
            int[].class,
            float[].class,
            int.class,
            int.class,
            int.class,
            float[].class,
            int.class));
  }

  @Override
  public String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
  }

  @Override
  public void unary(UnaryOperation operation, float[] a, int at, int count) {
    int end = operation == UnaryOperation.LOG ? at : at + SPECIES.loopBound(count);
    switch (operation) {
      case EXP -> barrier.run(() -> exp(a, at, end));
      case TANH -> barrier.run(() -> tanh(a, at, end));
      case SIGMOID -> barrier.run(() -> sigmoid(a, at, end));
      case RELU -> barrier.run(() -> relu(a, at, end));
      case SQRT -> barrier.run(() -> sqrt(a, at, end));
      case SQUARE -> barrier.run(() -> square(a, at, end));
      case LOG -> {}
    }
    for (int i = end; i < at + count; i++) {
      a[i] = ScalarKernels.apply(operation, a[i]);
    }
  }

  private static void exp(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.exp(VectorMath.load(a, i)).intoArray(a, i);
    }
  }

  private static void tanh(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.tanh(VectorMath.load(a, i)).intoArray(a, i);
    }
  }

  private static void sigmoid(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.sigmoid(VectorMath.load(a, i)).intoArray(a, i);
    }
  }

  private static void relu(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.load(a, i).max(0f).intoArray(a, i);
    }
  }

  private static void sqrt(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.load(a, i).sqrt().intoArray(a, i);
    }
  }

  private static void square(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      FloatVector x = VectorMath.load(a, i);
      x.mul(x).intoArray(a, i);
    }
  }

  @Override
  public void binary(BinaryOperation operation, float[] a, int at, float[] b, int bAt, int count) {
    int end = SPECIES.loopBound(count);
    switch (operation) {
      case ADD -> barrier.run(() -> add(a, at, b, bAt, end));
      case SUBTRACT -> barrier.run(() -> subtract(a, at, b, bAt, end));
      case MULTIPLY -> barrier.run(() -> multiply(a, at, b, bAt, end));
      case DIVIDE -> barrier.run(() -> divide(a, at, b, bAt, end));
      case MAX -> barrier.run(() -> max(a, at, b, bAt, end));
      case LESS -> barrier.run(() -> less(a, at, b, bAt, end));
    }
    for (int i = end; i < count; i++) {
      a[at + i] = ScalarKernels.apply(operation, a[at + i], b[bAt + i]);
    }
  }

  private static void add(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(a, at + i).add(VectorMath.load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void subtract(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(a, at + i).sub(VectorMath.load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void multiply(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(a, at + i).mul(VectorMath.load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void divide(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(a, at + i).div(VectorMath.load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void max(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(a, at + i).max(VectorMath.load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void less(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMask<Float> less = VectorMath.load(a, at + i).lt(VectorMath.load(b, bAt + i));
      FloatVector.zero(SPECIES).blend(1f, less).intoArray(a, at + i);
    }
  }

  @Override
  public void affine(float[] a, int at, float scale, float shift, int count) {
    barrier.run(() -> affineOf(a, at, scale, shift, count));
  }

  private static void affineOf(float[] a, int at, float scale, float shift, int count) {
    int end = at + SPECIES.loopBound(count);
    for (int i = at; i < end; i += LANES) {
      VectorMath.load(a, i).mul(scale).add(shift).intoArray(a, i);
    }
    for (int i = end; i < at + count; i++) {
      a[i] = scale * a[i] + shift;
    }
  }

  @Override
  public void addScaled(float[] x, int xAt, float scale, float[] y, int yAt, int count) {
    barrier.run(() -> addScaledOf(x, xAt, scale, y, yAt, count));
  }

  private static void addScaledOf(float[] x, int xAt, float scale, float[] y, int yAt, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(x, xAt + i).fma(factor, VectorMath.load(y, yAt + i)).intoArray(y, yAt + i);
    }
    for (int i = end; i < count; i++) {
      y[yAt + i] += scale * x[xAt + i];
    }
  }

  @Override
  public void addScaledRows(
      float[] x, int[] starts, float[] scales, int from, int to, float[] y, int yAt, int count) {
    int wideEnd = count - count % (8 * LANES);
    int blocksEnd = count - count % (4 * LANES);
    int vectorsEnd = SPECIES.loopBound(count);
    try {
      for (int i = 0; i < wideEnd; i += 8 * LANES) {
        scaledWide.invokeExact(x, starts, scales, from, to, i, y, yAt + i);
      }
      for (int i = wideEnd; i < blocksEnd; i += 4 * LANES) {
        scaledBlocks.invokeExact(x, starts, scales, from, to, i, y, yAt + i);
      }
      for (int i = blocksEnd; i < vectorsEnd; i += LANES) {
        scaledVectors.invokeExact(x, starts, scales, from, to, i, y, yAt + i);
      }
    } catch (Throwable e) {
      throw InliningBarrier.unchecked(e);
    }
    for (int i = vectorsEnd; i < count; i++) {
      y[yAt + i] = ScalarKernels.scaledSum(x, starts, scales, from, to, i, y[yAt + i]);
    }
  }

  /** Eight vectors at a time: a scale and where its row begins are read once for all. */
  private static void addScaledWide(
      float[] x, int[] starts, float[] scales, int from, int to, int column, float[] y, int at) {
    FloatVector s0 = VectorMath.load(y, at);
    FloatVector s1 = VectorMath.load(y, at + LANES);
    FloatVector s2 = VectorMath.load(y, at + 2 * LANES);
    FloatVector s3 = VectorMath.load(y, at + 3 * LANES);
    FloatVector s4 = VectorMath.load(y, at + 4 * LANES);
    FloatVector s5 = VectorMath.load(y, at + 5 * LANES);
    FloatVector s6 = VectorMath.load(y, at + 6 * LANES);
    FloatVector s7 = VectorMath.load(y, at + 7 * LANES);
    for (int k = from; k < to; k++) {
      FloatVector scale = VectorMath.constant(scales[k]);
      int first = starts[k] + column;
      s0 = VectorMath.load(x, first).fma(scale, s0);
      s1 = VectorMath.load(x, first + LANES).fma(scale, s1);
      s2 = VectorMath.load(x, first + 2 * LANES).fma(scale, s2);
      s3 = VectorMath.load(x, first + 3 * LANES).fma(scale, s3);
      s4 = VectorMath.load(x, first + 4 * LANES).fma(scale, s4);
      s5 = VectorMath.load(x, first + 5 * LANES).fma(scale, s5);
      s6 = VectorMath.load(x, first + 6 * LANES).fma(scale, s6);
      s7 = VectorMath.load(x, first + 7 * LANES).fma(scale, s7);
    }
    s0.intoArray(y, at);
    s1.intoArray(y, at + LANES);
    s2.intoArray(y, at + 2 * LANES);
    s3.intoArray(y, at + 3 * LANES);
    s4.intoArray(y, at + 4 * LANES);
    s5.intoArray(y, at + 5 * LANES);
    s6.intoArray(y, at + 6 * LANES);
    s7.intoArray(y, at + 7 * LANES);
  }

  /** Four vectors at a time, because each sum waits for the one before it. */
  private static void addScaledBlocks(
      float[] x, int[] starts, float[] scales, int from, int to, int column, float[] y, int at) {
    FloatVector s0 = VectorMath.load(y, at);
    FloatVector s1 = VectorMath.load(y, at + LANES);
    FloatVector s2 = VectorMath.load(y, at + 2 * LANES);
    FloatVector s3 = VectorMath.load(y, at + 3 * LANES);
    for (int k = from; k < to; k++) {
      FloatVector scale = VectorMath.constant(scales[k]);
      int first = starts[k] + column;
      s0 = VectorMath.load(x, first).fma(scale, s0);
      s1 = VectorMath.load(x, first + LANES).fma(scale, s1);
      s2 = VectorMath.load(x, first + 2 * LANES).fma(scale, s2);
      s3 = VectorMath.load(x, first + 3 * LANES).fma(scale, s3);
    }
    s0.intoArray(y, at);
    s1.intoArray(y, at + LANES);
    s2.intoArray(y, at + 2 * LANES);
    s3.intoArray(y, at + 3 * LANES);
  }

  private static void addScaledVectors(
      float[] x, int[] starts, float[] scales, int from, int to, int column, float[] y, int at) {
    FloatVector sum = VectorMath.load(y, at);
    for (int k = from; k < to; k++) {
      sum = VectorMath.load(x, starts[k] + column).fma(VectorMath.constant(scales[k]), sum);
    }
    sum.intoArray(y, at);
  }

  @Override
  public float addScaleMax(float[] a, int at, float[] b, int bAt, float scale, int count) {
    return barrier.compute(() -> addScaleMaxOf(a, at, b, bAt, scale, count));
  }

  private static float addScaleMaxOf(
      float[] a, int at, float[] b, int bAt, float scale, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < end; i += LANES) {
      FloatVector value = VectorMath.load(a, at + i).add(VectorMath.load(b, bAt + i)).mul(scale);
      value.intoArray(a, at + i);
      best = best.max(value);
    }
    float max = best.reduceLanes(VectorOperators.MAX);
    for (int i = end; i < count; i++) {
      a[at + i] = scale * (a[at + i] + b[bAt + i]);
      max = Math.max(max, a[at + i]);
    }
    return max;
  }

  @Override
  public float max(float[] a, int at, int count) {
    return barrier.compute(() -> maxOf(a, at, count));
  }

  private static float maxOf(float[] a, int at, int count) {
    int end = at + SPECIES.loopBound(count);
    FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = at; i < end; i += LANES) {
      best = best.max(VectorMath.load(a, i));
    }
    float max = best.reduceLanes(VectorOperators.MAX);
    for (int i = end; i < at + count; i++) {
      max = Math.max(max, a[i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] a, int at, float shift, int count) {
    return barrier.compute(() -> expSumOf(a, at, shift, count));
  }

  private static float expSumOf(float[] a, int at, float shift, int count) {
    int end = at + SPECIES.loopBound(count);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = at; i < end; i += LANES) {
      FloatVector value = VectorMath.exp(VectorMath.load(a, i).sub(shift));
      value.intoArray(a, i);
      sums = sums.add(value);
    }
    float sum = sumLanes(sums);
    for (int i = end; i < at + count; i++) {
      a[i] = ScalarMath.exp(a[i] - shift);
      sum += a[i];
    }
    return sum;
  }

  @Override
  public float maxOfSums(float[] a, float[] b, int count) {
    return barrier.compute(() -> maxOfSumsOf(a, b, count));
  }

  private static float maxOfSumsOf(float[] a, float[] b, int count) {
    // Four at a time, because each maximum waits for the one before it.
    int step = 4 * LANES;
    int end = count - count % step;
    FloatVector m0 = VectorMath.constant(Float.NEGATIVE_INFINITY);
    FloatVector m1 = m0;
    FloatVector m2 = m0;
    FloatVector m3 = m0;
    for (int i = 0; i < end; i += step) {
      m0 = m0.max(VectorMath.load(a, i).add(VectorMath.load(b, i)));
      m1 = m1.max(VectorMath.load(a, i + LANES).add(VectorMath.load(b, i + LANES)));
      m2 = m2.max(VectorMath.load(a, i + 2 * LANES).add(VectorMath.load(b, i + 2 * LANES)));
      m3 = m3.max(VectorMath.load(a, i + 3 * LANES).add(VectorMath.load(b, i + 3 * LANES)));
    }
    float max = m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
    for (int i = end; i < count; i++) {
      max = Math.max(max, a[i] + b[i]);
    }
    return max;
  }

  @Override
  public void expOfSums(
      float[] a, float[] b, int at, float scale, float shift, int count, float[] out) {
    barrier.run(() -> expOfSumsOf(a, b, at, scale, shift, count, out));
  }

  private static void expOfSumsOf(
      float[] a, float[] b, int at, float scale, float shift, int count, float[] out) {
    int end = SPECIES.loopBound(count);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.exp(
              VectorMath.load(a, at + i).add(VectorMath.load(b, at + i)).mul(scale).sub(shift))
          .intoArray(out, i);
    }
    for (int i = end; i < count; i++) {
      out[i] = ScalarMath.exp(scale * (a[at + i] + b[at + i]) - shift);
    }
  }

  @Override
  public void expSumsOfRuns(
      float[] a, float[] b, float scale, float shift, int run, int count, float[] sums) {
    barrier.run(() -> expSumsOfRunsOf(a, b, scale, shift, run, count, sums));
  }

  private static void expSumsOfRunsOf(
      float[] a, float[] b, float scale, float shift, int run, int count, float[] sums) {
    float[] lanes = new float[LANES];
    for (int from = 0; from < count; from += run) {
      int length = Math.min(run, count - from);
      int end = from + SPECIES.loopBound(length);
      expLaneSums(a, b, scale, shift, from, end, lanes);
      float sum = sumPairwise(lanes);
      for (int i = end; i < from + length; i++) {
        sum += ScalarMath.exp(scale * (a[i] + b[i]) - shift);
      }
      sums[from / run] = sum;
    }
  }

  private static void expLaneSums(
      float[] a, float[] b, float scale, float shift, int from, int to, float[] lanes) {
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += LANES) {
      sums =
          sums.add(
              VectorMath.exp(
                  VectorMath.load(a, i).add(VectorMath.load(b, i)).mul(scale).sub(shift)));
    }
    sums.intoArray(lanes, 0);
  }

  /** Sums lanes in an order that is fixed, and short: the array is overwritten. */
  private static float sumPairwise(float[] lanes) {
    for (int half = lanes.length / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }

  @Override
  public float sum(float[] a, int at, int count) {
    return barrier.compute(() -> sumOf(a, at, count));
  }

  private static float sumOf(float[] a, int at, int count) {
    int end = at + SPECIES.loopBound(count);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = at; i < end; i += LANES) {
      sums = sums.add(VectorMath.load(a, i));
    }
    float sum = sumLanes(sums);
    for (int i = end; i < at + count; i++) {
      sum += a[i];
    }
    return sum;
  }

  @Override
  public float sumOfSquares(float[] a, int at, int count) {
    return barrier.compute(() -> sumOfSquaresOf(a, at, count));
  }

  private static float sumOfSquaresOf(float[] a, int at, int count) {
    // Four at a time, because each sum waits for the one before it.
    int step = 4 * LANES;
    int blocksEnd = at + count - count % step;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int i = at; i < blocksEnd; i += step) {
      FloatVector x0 = VectorMath.load(a, i);
      FloatVector x1 = VectorMath.load(a, i + LANES);
      FloatVector x2 = VectorMath.load(a, i + 2 * LANES);
      FloatVector x3 = VectorMath.load(a, i + 3 * LANES);
      s0 = x0.fma(x0, s0);
      s1 = x1.fma(x1, s1);
      s2 = x2.fma(x2, s2);
      s3 = x3.fma(x3, s3);
    }
    float[] lanes = new float[LANES];
    s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
    float sum = sumPairwise(lanes);
    for (int i = blocksEnd; i < at + count; i++) {
      sum += a[i] * a[i];
    }
    return sum;
  }

  @Override
  public void reluMaxOfWindow(
      float[] a, float[] b, int window, float[] best, float[] where, int count) {
    int end = SPECIES.loopBound(count);
    if (window == 0) {
      barrier.run(() -> reluOfFirst(a, b, best, where, end));
    } else {
      barrier.run(() -> maxOfNext(a, b, window, best, where, end));
    }
    ScalarKernels.reluMaxOfWindow(a, b, window, best, where, end, count);
  }

  private static void reluOfFirst(float[] a, float[] b, float[] best, float[] where, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.load(a, i).add(VectorMath.load(b, i)).max(0f).intoArray(best, i);
      FloatVector.zero(SPECIES).intoArray(where, i);
    }
  }

  private static void maxOfNext(
      float[] a, float[] b, float window, float[] best, float[] where, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector value = VectorMath.load(a, i).add(VectorMath.load(b, i));
      FloatVector max = VectorMath.load(best, i);
      // What is no number is unlike itself, and takes the place of every number.
      VectorMask<Float> taken = max.lt(value).or(value.compare(VectorOperators.NE, value));
      max.blend(value, taken).intoArray(best, i);
      VectorMath.load(where, i).blend(window, taken).intoArray(where, i);
    }
  }

  @Override
  public void storeRows(float[] from, int rows, int columns, OffHeap to, int stride) {
    int end = VectorMemory.isThere() ? SPECIES.loopBound(columns) : 0;
    barrier.run(() -> storeRowsOf(from, rows, columns, to.memory(), to.at(0), stride, end));
    if (end < columns) {
      for (int row = 0; row < rows; row++) {
        to.write(row * stride + end, from, row * columns + end, columns - end);
      }
    }
  }

  private static void storeRowsOf(
      float[] from, int rows, int columns, Object to, int at, int stride, int end) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < end; i += LANES) {
        VectorMemory.store(
            VectorMath.load(from, row * columns + i), to, at + Float.BYTES * (row * stride + i));
      }
    }
  }

  @Override
  public void maxOfRowSums(
      float[] table, int[] starts, int windows, int count, int n, float[] best) {
    try {
      int blocksEnd = n - n % (4 * LANES);
      int vectorsEnd = SPECIES.loopBound(n);
      for (int window = 0; window < windows; window++) {
        int from = window * count;
        for (int i = 0; i < blocksEnd; i += 4 * LANES) {
          rowSumBlocks.invokeExact(table, starts, from, count, i, best);
        }
        for (int i = blocksEnd; i < vectorsEnd; i += LANES) {
          rowSumVectors.invokeExact(table, starts, from, count, i, best);
        }
        for (int i = vectorsEnd; i < n; i++) {
          best[i] = Math.max(best[i], ScalarKernels.rowSum(table, starts, from, count, i));
        }
      }
    } catch (Throwable e) {
      throw InliningBarrier.unchecked(e);
    }
  }

  /**
   * Four vectors at a time: a sum waits for the one before it, and starts are read once for all.
   * One window at a time: with a loop over windows around it, the compiler at times leaves sums in
   * memory.
   */
  private static void maxOfRowSumBlocks(
      float[] table, int[] starts, int from, int count, int column, float[] best) {
    int first = starts[from] + column;
    FloatVector s0 = VectorMath.load(table, first);
    FloatVector s1 = VectorMath.load(table, first + LANES);
    FloatVector s2 = VectorMath.load(table, first + 2 * LANES);
    FloatVector s3 = VectorMath.load(table, first + 3 * LANES);
    for (int j = from + 1; j < from + count; j++) {
      int next = starts[j] + column;
      s0 = s0.add(VectorMath.load(table, next));
      s1 = s1.add(VectorMath.load(table, next + LANES));
      s2 = s2.add(VectorMath.load(table, next + 2 * LANES));
      s3 = s3.add(VectorMath.load(table, next + 3 * LANES));
    }
    VectorMath.load(best, column).max(s0).intoArray(best, column);
    VectorMath.load(best, column + LANES).max(s1).intoArray(best, column + LANES);
    VectorMath.load(best, column + 2 * LANES).max(s2).intoArray(best, column + 2 * LANES);
    VectorMath.load(best, column + 3 * LANES).max(s3).intoArray(best, column + 3 * LANES);
  }

  private static void maxOfRowSumVectors(
      float[] table, int[] starts, int from, int count, int column, float[] best) {
    FloatVector sum = VectorMath.load(table, starts[from] + column);
    for (int j = from + 1; j < from + count; j++) {
      sum = sum.add(VectorMath.load(table, starts[j] + column));
    }
    VectorMath.load(best, column).max(sum).intoArray(best, column);
  }

  @Override
  public void adam(
      AdamCoefficients c, float[] p, float[] g, int gAt, float[] m, float[] v, int count) {
    barrier.run(() -> adamOf(c, p, g, gAt, m, v, count));
  }

  private static void adamOf(
      AdamCoefficients c, float[] p, float[] g, int gAt, float[] m, float[] v, int count) {
    int end = SPECIES.loopBound(count);
    float rest1 = 1f - c.beta1();
    float rest2 = 1f - c.beta2();
    for (int i = 0; i < end; i += LANES) {
      FloatVector gradient = VectorMath.load(g, gAt + i).mul(c.gradientScale());
      FloatVector first = VectorMath.load(m, i).mul(c.beta1()).add(gradient.mul(rest1));
      FloatVector second =
          VectorMath.load(v, i).mul(c.beta2()).add(gradient.mul(gradient).mul(rest2));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector change = first.mul(c.stepSize()).div(second.sqrt().add(c.epsilon()));
      VectorMath.load(p, i).sub(change).intoArray(p, i);
    }
    for (int i = end; i < count; i++) {
      ScalarKernels.adamOf(c, p, g[gAt + i], m, v, i);
    }
  }

  @Override
  public boolean updatesInPlace() {
    return VectorMemory.isThere();
  }

  @Override
  public float adamInPlace(
      AdamCoefficients c, OffHeap p, OffHeap g, OffHeap m, OffHeap v, int count) {
    int end = SPECIES.loopBound(count);
    float sum =
        barrier.compute(
            () ->
                adamOf(
                    c,
                    p.memory(),
                    p.at(0),
                    g.memory(),
                    g.at(0),
                    m.memory(),
                    m.at(0),
                    v.memory(),
                    v.at(0),
                    end));
    if (end < count) {
      int rest = count - end;
      float[] ofP = p.from(end).read(rest);
      float[] ofG = g.from(end).read(rest);
      float[] ofM = m.from(end).read(rest);
      float[] ofV = v.from(end).read(rest);
      for (int i = 0; i < rest; i++) {
        ScalarKernels.adamOf(c, ofP, ofG[i], ofM, ofV, i);
        sum += ofG[i] * ofG[i];
      }
      p.from(end).write(ofP);
      m.from(end).write(ofM);
      v.from(end).write(ofV);
    }
    return sum;
  }

  private static float adamOf(
      AdamCoefficients c,
      Object p,
      int pAt,
      Object g,
      int gAt,
      Object m,
      int mAt,
      Object v,
      int vAt,
      int end) {
    float rest1 = 1f - c.beta1();
    float rest2 = 1f - c.beta2();
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int i = 0; i < end; i += LANES) {
      int at = Float.BYTES * i;
      FloatVector unscaled = VectorMemory.load(g, gAt + at);
      squares = unscaled.fma(unscaled, squares);
      FloatVector gradient = unscaled.mul(c.gradientScale());
      FloatVector first = VectorMemory.load(m, mAt + at).mul(c.beta1()).add(gradient.mul(rest1));
      FloatVector second =
          VectorMemory.load(v, vAt + at).mul(c.beta2()).add(gradient.mul(gradient).mul(rest2));
      VectorMemory.store(first, m, mAt + at);
      VectorMemory.store(second, v, vAt + at);
      FloatVector change = first.mul(c.stepSize()).div(second.sqrt().add(c.epsilon()));
      VectorMemory.store(VectorMemory.load(p, pAt + at).sub(change), p, pAt + at);
    }
    float[] lanes = new float[LANES];
    squares.intoArray(lanes, 0);
    return sumPairwise(lanes);
  }

  /** The lanes from first to last: the order of {@code reduceLanes} is not specified. */
  private static float sumLanes(FloatVector lanes) {
    float sum = 0f;
    for (float lane : lanes.toArray()) {
      sum += lane;
    }
    return sum;
  }
}
