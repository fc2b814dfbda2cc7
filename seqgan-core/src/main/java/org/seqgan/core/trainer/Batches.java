package org.seqgan.core.trainer;

import java.util.Arrays;

/** Cuts an order of indices into batches; the last one may be smaller. */
final class Batches {
  private Batches() {}

  static int count(int size, int batchSize) {
    return (int) ((size + (long) batchSize - 1) / batchSize);
  }

  static int[] indices(int[] order, int batch, int batchSize) {
    int from = batch * batchSize;
    int count = Math.min(batchSize, order.length - from);
    return Arrays.copyOfRange(order, from, from + count);
  }
}
