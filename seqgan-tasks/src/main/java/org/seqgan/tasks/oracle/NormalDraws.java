package org.seqgan.tasks.oracle;

import org.seqgan.api.random.RandomStream;

/**
 * Normally distributed numbers by the transform of Box and Muller ("A Note on the Generation of
 * Random Normal Deviates", 1958): of each two uniform numbers u, v it makes {@code r cos(2 pi v)}
 * and {@code r sin(2 pi v)} with {@code r = sqrt(-2 ln(1 - u))}.
 *
 * <p>Computed with {@link StrictMath}, so that the numbers are the same on every machine. The
 * uniform numbers have 24 bits: no result is further from the mean than 5.8 standard deviations.
 */
final class NormalDraws {
  private NormalDraws() {}

  /** The next {@code count} numbers of mean 0 and the given standard deviation. */
  static float[] next(RandomStream stream, int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i += 2) {
      // 1 - u is in (0, 1]: the logarithm is finite.
      double radius = Math.sqrt(-2 * StrictMath.log(1.0 - stream.nextUniform()));
      double angle = 2 * Math.PI * stream.nextUniform();
      values[i] = (float) (deviation * radius * StrictMath.cos(angle));
      if (i + 1 < count) {
        values[i + 1] = (float) (deviation * radius * StrictMath.sin(angle));
      }
    }
    return values;
  }
}
