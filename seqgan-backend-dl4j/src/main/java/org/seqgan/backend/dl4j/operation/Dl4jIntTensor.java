package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.IntTensor;

/**
 * Int32 numbers. Token ids and lengths only steer copies and look-ups, which Java code makes, so
 * they stay on the heap.
 */
public final class Dl4jIntTensor extends IntTensor {
  private final int[] values;
  private final int offset;

  /** A tensor with memory of its own. */
  public Dl4jIntTensor(int... shape) {
    super(shape);
    this.values = new int[size()];
    this.offset = 0;
  }

  /** A view. */
  public Dl4jIntTensor(int[] values, int offset, int... shape) {
    super(shape);
    this.values = values;
    this.offset = offset;
  }

  /**
   * A tensor with its numbers.
   *
   * @throws IllegalArgumentException if another backend made it
   */
  public static Dl4jIntTensor of(IntTensor tensor) {
    if (tensor instanceof Dl4jIntTensor own) {
      return own;
    }
    throw new IllegalArgumentException(
        "dl4j: a tensor of shape " + tensor + " was made by another backend");
  }

  int get(int index) {
    return values[offset + index];
  }

  void set(int index, int value) {
    values[offset + index] = value;
  }

  public int[] values() {
    return values;
  }

  public int offset() {
    return offset;
  }
}
