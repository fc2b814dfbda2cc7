package org.seqgan.testkit.reference;

import org.seqgan.api.backend.Tensor;

/** Float32 numbers in an array, from an offset on. */
final class ReferenceTensor extends Tensor {
  final float[] values;
  final int offset;

  ReferenceTensor(float[] values, int offset, int... shape) {
    super(shape);
    this.values = values;
    this.offset = offset;
  }

  float get(int i) {
    return values[offset + i];
  }

  void set(int i, double value) {
    values[offset + i] = (float) value;
  }
}
