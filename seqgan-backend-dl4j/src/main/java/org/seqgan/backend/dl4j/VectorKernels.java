package org.seqgan.backend.dl4j;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;

/**
 * The loops by the Vector API, whole vectors first and the rest number by number. Each loop is a
 * method of its own, because the compiler turns vectors into registers only where it sees a whole
 * loop and its methods are not too long.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
  }

  @Override
  public void unary(UnaryOperation operation, float[] a, int at, int count) {
    int end = at + SPECIES.loopBound(count);
    switch (operation) {
      case EXP -> exp(a, at, end);
      case TANH -> tanh(a, at, end);
      case SIGMOID -> sigmoid(a, at, end);
      case RELU -> relu(a, at, end);
      case SQRT -> sqrt(a, at, end);
      case SQUARE -> square(a, at, end);
      case LOG -> end = at;
    }
    for (int i = end; i < at + count; i++) {
      a[i] = ScalarKernels.apply(operation, a[i]);
    }
  }

  private static void exp(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      exp(load(a, i)).intoArray(a, i);
    }
  }

  private static void tanh(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      tanh(load(a, i)).intoArray(a, i);
    }
  }

  private static void sigmoid(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      sigmoid(load(a, i)).intoArray(a, i);
    }
  }

  private static void relu(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      load(a, i).max(0f).intoArray(a, i);
    }
  }

  private static void sqrt(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      load(a, i).sqrt().intoArray(a, i);
    }
  }

  private static void square(float[] a, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      FloatVector x = load(a, i);
      x.mul(x).intoArray(a, i);
    }
  }

  @Override
  public void binary(BinaryOperation operation, float[] a, int at, float[] b, int bAt, int count) {
    int end = SPECIES.loopBound(count);
    switch (operation) {
      case ADD -> add(a, at, b, bAt, end);
      case SUBTRACT -> subtract(a, at, b, bAt, end);
      case MULTIPLY -> multiply(a, at, b, bAt, end);
      case DIVIDE -> divide(a, at, b, bAt, end);
      case MAX -> max(a, at, b, bAt, end);
      case LESS -> less(a, at, b, bAt, end);
    }
    for (int i = end; i < count; i++) {
      a[at + i] = ScalarKernels.apply(operation, a[at + i], b[bAt + i]);
    }
  }

  private static void add(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      load(a, at + i).add(load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void subtract(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      load(a, at + i).sub(load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void multiply(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      load(a, at + i).mul(load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void divide(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      load(a, at + i).div(load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void max(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      load(a, at + i).max(load(b, bAt + i)).intoArray(a, at + i);
    }
  }

  private static void less(float[] a, int at, float[] b, int bAt, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMask<Float> less = load(a, at + i).lt(load(b, bAt + i));
      FloatVector.zero(SPECIES).blend(1f, less).intoArray(a, at + i);
    }
  }

  @Override
  public void affine(float[] a, int at, float scale, float shift, int count) {
    int end = at + SPECIES.loopBound(count);
    for (int i = at; i < end; i += LANES) {
      load(a, i).mul(scale).add(shift).intoArray(a, i);
    }
    for (int i = end; i < at + count; i++) {
      a[i] = scale * a[i] + shift;
    }
  }

  @Override
  public void addScaled(float[] x, int xAt, float scale, float[] y, int yAt, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < end; i += LANES) {
      load(x, xAt + i).fma(factor, load(y, yAt + i)).intoArray(y, yAt + i);
    }
    for (int i = end; i < count; i++) {
      y[yAt + i] += scale * x[xAt + i];
    }
  }

  @Override
  public float addScaleMax(float[] a, int at, float[] b, int bAt, float scale, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < end; i += LANES) {
      FloatVector value = load(a, at + i).add(load(b, bAt + i)).mul(scale);
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
    int end = at + SPECIES.loopBound(count);
    FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = at; i < end; i += LANES) {
      best = best.max(load(a, i));
    }
    float max = best.reduceLanes(VectorOperators.MAX);
    for (int i = end; i < at + count; i++) {
      max = Math.max(max, a[i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] a, int at, float shift, int count) {
    int end = at + SPECIES.loopBound(count);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = at; i < end; i += LANES) {
      FloatVector value = exp(load(a, i).sub(shift));
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
  public float sum(float[] a, int at, int count) {
    int end = at + SPECIES.loopBound(count);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = at; i < end; i += LANES) {
      sums = sums.add(load(a, i));
    }
    float sum = sumLanes(sums);
    for (int i = end; i < at + count; i++) {
      sum += a[i];
    }
    return sum;
  }

  @Override
  public float sumOfSquares(float[] a, int at, int count) {
    int end = at + SPECIES.loopBound(count);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = at; i < end; i += LANES) {
      FloatVector x = load(a, i);
      sums = x.fma(x, sums);
    }
    float sum = sumLanes(sums);
    for (int i = end; i < at + count; i++) {
      sum += a[i] * a[i];
    }
    return sum;
  }

  @Override
  public void reluMaxOverRows(
      float[] tile, int at, int rows, int count, float[] bias, float[] best, float[] where) {
    int end = SPECIES.loopBound(count);
    for (int column = 0; column < end; column += LANES) {
      FloatVector shift = load(bias, column);
      FloatVector max = load(tile, at + column).add(shift).max(0f);
      FloatVector first = FloatVector.zero(SPECIES);
      for (int row = 1; row < rows; row++) {
        FloatVector value = load(tile, at + row * count + column).add(shift);
        VectorMask<Float> larger = max.lt(value);
        max = max.blend(value, larger);
        first = first.blend(row, larger);
      }
      max.intoArray(best, column);
      first.intoArray(where, column);
    }
    for (int column = end; column < count; column++) {
      ScalarKernels.reluMaxOfColumn(tile, at, rows, count, column, bias, best, where);
    }
  }

  @Override
  public void adam(
      AdamUpdate.Coefficients c, float[] p, float[] g, float[] m, float[] v, int count) {
    int end = SPECIES.loopBound(count);
    float rest1 = 1f - c.beta1();
    float rest2 = 1f - c.beta2();
    for (int i = 0; i < end; i += LANES) {
      FloatVector gradient = load(g, i).mul(c.gradientScale());
      FloatVector first = load(m, i).mul(c.beta1()).add(gradient.mul(rest1));
      FloatVector second = load(v, i).mul(c.beta2()).add(gradient.mul(gradient).mul(rest2));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector change = first.mul(c.stepSize()).div(second.sqrt().add(c.epsilon()));
      load(p, i).sub(change).intoArray(p, i);
    }
    for (int i = end; i < count; i++) {
      ScalarKernels.adamOf(c, p, g, m, v, i);
    }
  }

  private static FloatVector load(float[] a, int at) {
    return FloatVector.fromArray(SPECIES, a, at);
  }

  /** The lanes from first to last: the order of {@code reduceLanes} is not specified. */
  private static float sumLanes(FloatVector lanes) {
    float sum = 0f;
    for (float lane : lanes.toArray()) {
      sum += lane;
    }
    return sum;
  }

  /** See {@link ScalarMath#exp}. */
  private static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(constant(ScalarMath.LOG2_E), constant(ScalarMath.ROUNDING));
    FloatVector n = shifted.sub(ScalarMath.ROUNDING);
    FloatVector r = n.fma(constant(-ScalarMath.LN2_HIGH), x);
    r = n.fma(constant(-ScalarMath.LN2_LOW), r);
    FloatVector q = r.fma(constant(ScalarMath.EXP_5), constant(ScalarMath.EXP_4));
    q = q.fma(r, constant(ScalarMath.EXP_3));
    q = q.fma(r, constant(ScalarMath.EXP_2));
    q = q.fma(r, constant(ScalarMath.EXP_1));
    q = q.fma(r, constant(ScalarMath.EXP_0));
    FloatVector p = q.fma(r.mul(r), r.add(1f));
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector scaled = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    return scaled
        .blend(0f, x.lt(ScalarMath.EXP_LOW))
        .blend(
            Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, constant(ScalarMath.EXP_HIGH)));
  }

  /** See {@link ScalarMath#sigmoid}. */
  private static FloatVector sigmoid(FloatVector x) {
    FloatVector small = exp(x.abs().neg());
    FloatVector tail = small.div(small.add(1f));
    return constant(1f).sub(tail).blend(tail, x.lt(0f));
  }

  /** See {@link ScalarMath#tanh}. */
  private static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector z = x.mul(x);
    FloatVector q = z.fma(constant(ScalarMath.TANH_4), constant(ScalarMath.TANH_3));
    q = q.fma(z, constant(ScalarMath.TANH_2));
    q = q.fma(z, constant(ScalarMath.TANH_1));
    q = q.fma(z, constant(ScalarMath.TANH_0));
    FloatVector small = q.mul(z).fma(x, x);
    FloatVector large = constant(1f).sub(constant(2f).div(exp(magnitude.add(magnitude)).add(1f)));
    large = large.blend(large.neg(), x.lt(0f));
    return large.blend(small, magnitude.lt(ScalarMath.TANH_SMALL));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
