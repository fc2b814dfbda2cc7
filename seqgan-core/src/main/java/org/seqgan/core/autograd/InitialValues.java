package org.seqgan.core.autograd;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/**
 * Draws the initial values of parameters; the same on every machine, because it uses {@link
 * StrictMath} alone.
 */
final class InitialValues {
  private InitialValues() {}

  static float[] draw(ParameterSpec spec, RandomStream stream) {
    int size = spec.shape().stream().reduce(1, Math::multiplyExact);
    float[] values = new float[size];
    Initializer initializer = spec.initializer();
    if (initializer instanceof Initializer.Constant constant) {
      Arrays.fill(values, constant.value());
    } else if (initializer instanceof Initializer.Uniform uniform) {
      stream.draws(size).fill(values, 0);
      for (int i = 0; i < size; i++) {
        values[i] = uniform.low() + (uniform.high() - uniform.low()) * values[i];
      }
    } else if (initializer instanceof Initializer.Normal normal) {
      fill(values, normal.standardDeviation(), normals(stream));
    } else if (initializer instanceof Initializer.TruncatedNormal normal) {
      fill(values, normal.standardDeviation(), truncated(normals(stream)));
    }
    return values;
  }

  private static void fill(float[] values, float deviation, DoubleSupplier standard) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * standard.getAsDouble());
    }
  }

  private static DoubleSupplier truncated(DoubleSupplier normals) {
    return () -> {
      double value;
      do {
        value = normals.getAsDouble();
      } while (Math.abs(value) > 2);
      return value;
    };
  }

  /** Standard normal numbers by Box and Muller (1958), the cosine of each pair. */
  private static DoubleSupplier normals(RandomStream stream) {
    return () -> {
      RandomDraws pair = stream.draws(2);
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - (double) pair.uniform(0)));
      return radius * StrictMath.cos(2 * Math.PI * pair.uniform(1));
    };
  }
}
