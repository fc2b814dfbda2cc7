package org.seqgan.api.random;

/**
 * A range of draws that has not been drawn yet: number i is the uniform number at counter {@code
 * first + i * stride} under {@code key}. The counter's upper 62 bits choose the {@linkplain Philox
 * block}, its lower 2 bits the word in it.
 *
 * @param key identifies the stream
 * @param first the counter of number 0, at least 0
 * @param stride the distance of two counters, at least 1; numbers laid out {@code [row, time]} are
 *     taken for one time step with the number of steps as stride, so that a batch may be cut
 *     anywhere without changing what is drawn
 * @param count how many numbers, at least 0
 */
public record RandomDraws(long key, long first, long stride, int count) {
  /** Checks the range. */
  public RandomDraws {
    if (first < 0 || stride < 1 || count < 0) {
      throw new IllegalArgumentException(
          "random draws need first >= 0, stride >= 1 and count >= 0, found "
              + first
              + ", "
              + stride
              + ", "
              + count);
    }
  }

  /** Number {@code i}, in [0, 1). The slow, obvious way; {@link #fill} is the fast one. */
  public float uniform(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("draw " + i + " of " + count);
    }
    long counter = first + i * stride;
    int[] words = new int[4];
    Philox.block(key, counter >>> 2, words);
    return Philox.toUniform(words[(int) (counter & 3)]);
  }

  /** Writes all numbers to {@code target[offset..offset + count)}. */
  public void fill(float[] target, int offset) {
    int[] words = new int[4];
    long current = -1;
    for (int i = 0; i < count; i++) {
      long counter = first + i * stride;
      long block = counter >>> 2;
      if (block != current) {
        Philox.block(key, block, words);
        current = block;
      }
      target[offset + i] = Philox.toUniform(words[(int) (counter & 3)]);
    }
  }

  /** The numbers {@code from} to {@code to} (exclusive) of this range. */
  public RandomDraws slice(int from, int to) {
    if (from < 0 || to < from || to > count) {
      throw new IndexOutOfBoundsException("draws " + from + " to " + to + " of " + count);
    }
    return new RandomDraws(key, first + from * stride, stride, to - from);
  }
}
