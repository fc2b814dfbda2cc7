package org.seqgan.core.trainer;

import java.util.Arrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;

/** How data are cut into batches. */
public final class Batches {
  private Batches() {}

  /** How many batches an order of indices is cut into; the last one may be smaller. */
  public static int count(int size, int batchSize) {
    return (int) ((size + (long) batchSize - 1) / batchSize);
  }

  /**
   * The indices of one batch.
   *
   * @param batch counted from 0
   */
  public static int[] indices(int[] order, int batch, int batchSize) {
    int from = batch * batchSize;
    int count = Math.min(batchSize, order.length - from);
    return Arrays.copyOfRange(order, from, from + count);
  }

  /** So many sequences, each drawn from all of them. */
  static Sequences any(Sequences data, int count, RandomStream stream) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = stream.nextInt(data.count());
    }
    return data.select(rows);
  }
}
