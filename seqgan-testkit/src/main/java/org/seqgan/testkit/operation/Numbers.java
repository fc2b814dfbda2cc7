package org.seqgan.testkit.operation;

import org.seqgan.api.random.RandomStream;

/** Random arrays for tests, from one seed. Not thread-safe. */
public final class Numbers {
  private final RandomStream stream;

  /** Numbers of a seed. */
  public Numbers(long seed) {
    this.stream = RandomStream.of(seed).split("test");
  }

  /** Uniform in [-1, 1). */
  public float[] symmetric(int count) {
    float[] values = unit(count);
    for (int i = 0; i < count; i++) {
      values[i] = 2 * values[i] - 1;
    }
    return values;
  }

  /** Uniform in [0, 1). */
  public float[] unit(int count) {
    float[] values = new float[count];
    stream.draws(count).fill(values, 0);
    return values;
  }

  /** Whole numbers in [0, bound). */
  public int[] ids(int count, int bound) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = stream.nextInt(bound);
    }
    return ids;
  }

  /** Lengths in 1..max; the first is max and the last is 1, where there are two. */
  public int[] lengths(int count, int max) {
    int[] lengths = ids(count, max);
    for (int i = 0; i < count; i++) {
      lengths[i]++;
    }
    lengths[count - 1] = 1;
    lengths[0] = max;
    return lengths;
  }

  /** The stream behind, for draws of an operation. */
  public RandomStream stream() {
    return stream;
  }
}
