package org.seqgan.testkit.reference;

import org.seqgan.api.backend.IntTensor;

/** Int32 numbers in an array, from an offset on. */
final class ReferenceIntTensor extends IntTensor {
  final int[] values;
  final int offset;

  ReferenceIntTensor(int[] values, int offset, int... shape) {
    super(shape);
    this.values = values;
    this.offset = offset;
  }

  int get(int i) {
    return values[offset + i];
  }

  void set(int i, int value) {
    values[offset + i] = value;
  }
}
