package org.seqgan.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seqgan.api.backend.Tensor;

/** Float32 numbers in ND4J's memory. */
final class Dl4jTensor extends Tensor {
  private final FloatRegion region;

  /** A tensor with memory of its own. */
  Dl4jTensor(MemoryPool pool, int... shape) {
    super(shape);
    this.region = new FloatRegion(pool.take(size()), 0);
  }

  /** A view. */
  Dl4jTensor(FloatRegion region, int... shape) {
    super(shape);
    this.region = region;
  }

  /**
   * Where a tensor's numbers are.
   *
   * @throws IllegalArgumentException if another backend made it
   */
  static FloatRegion region(Tensor tensor) {
    if (tensor instanceof Dl4jTensor own) {
      return own.region;
    }
    throw new IllegalArgumentException(
        "dl4j: a tensor of shape " + tensor + " was made by another backend");
  }

  FloatRegion region() {
    return region;
  }

  /** The same numbers as ND4J sees them: a vector that shares the memory. */
  INDArray array() {
    return region
        .memory()
        .array()
        .get(NDArrayIndex.interval(region.offset(), region.offset() + size()));
  }
}
