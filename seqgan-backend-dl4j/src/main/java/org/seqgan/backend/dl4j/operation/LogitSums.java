package org.seqgan.backend.dl4j.operation;

/**
 * Each row's largest logit and sum of exponentials, found block by block of the vocabulary and
 * brought together in the order of the blocks.
 */
final class LogitSums {
  private final int blocks;
  private final float[] blockMax;
  private final float[] blockSums;

  LogitSums(int rows, int blocks) {
    this.blocks = blocks;
    this.blockMax = new float[rows * blocks];
    this.blockSums = new float[rows * blocks];
  }

  /**
   * Notes what a block holds of a row; different cells by different threads.
   *
   * @param max the largest logit
   * @param sum of {@code exp(logit - max)}
   */
  void set(int row, int block, float max, float sum) {
    blockMax[row * blocks + block] = max;
    blockSums[row * blocks + block] = sum;
  }

  /** The largest logit of a row. */
  float max(int row) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = row * blocks; i < (row + 1) * blocks; i++) {
      max = Math.max(max, blockMax[i]);
    }
    return max;
  }

  /** The largest logit of a row in one block. */
  float max(int row, int block) {
    return blockMax[row * blocks + block];
  }

  /** The sum of {@code exp(logit - max)} over a row. */
  double sum(int row, float max) {
    double sum = 0;
    for (int i = row * blocks; i < (row + 1) * blocks; i++) {
      sum += blockSums[i] * Math.exp(blockMax[i] - max);
    }
    return sum;
  }
}
