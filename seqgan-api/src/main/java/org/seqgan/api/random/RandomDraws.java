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
  private static final int WORDS = 4;
  private static final int BLOCKS_TOGETHER = 64;
  private static final int DRAWS_TOGETHER = WORDS * BLOCKS_TOGETHER;

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
    if (stride != 1) {
      fillOneByOne(target, offset);
      return;
    }
    int before = (int) Math.min(count, -first & 3); // up to where a block begins
    int behind = before + (count - before) / DRAWS_TOGETHER * DRAWS_TOGETHER;
    slice(0, before).fillOneByOne(target, offset);
    slice(before, behind).fillBlocks(target, offset + before);
    slice(behind, count).fillOneByOne(target, offset + behind);
  }

  /** Whole blocks, so many at a time as are drawn together. */
  private void fillBlocks(float[] target, int offset) {
    long[][] words = new long[WORDS][BLOCKS_TOGETHER];
    for (int done = 0; done < count; done += DRAWS_TOGETHER) {
      Philox.blocks(key, (first + done) >>> 2, words);
      for (int i = 0; i < BLOCKS_TOGETHER; i++) {
        for (int w = 0; w < WORDS; w++) {
          target[offset + done + WORDS * i + w] = Philox.toUniform((int) words[w][i]);
        }
      }
    }
  }

  private void fillOneByOne(float[] target, int offset) {
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
