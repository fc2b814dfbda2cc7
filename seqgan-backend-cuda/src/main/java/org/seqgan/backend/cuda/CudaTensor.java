package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Tensor;

/** Float32 numbers in the device's memory. */
final class CudaTensor extends Tensor {
  private final DeviceMemory memory;

  /** A tensor with memory of its own. */
  CudaTensor(MemoryPool pool, int... shape) {
    super(shape);
    this.memory = DeviceMemory.holding(pool.take(size()));
  }

  /** A view. */
  CudaTensor(DeviceMemory memory, int... shape) {
    super(shape);
    this.memory = memory;
  }

  /** Where its numbers are. */
  DeviceMemory memory() {
    return memory;
  }
}
