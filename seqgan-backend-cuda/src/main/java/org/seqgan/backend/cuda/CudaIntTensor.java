package org.seqgan.backend.cuda;

import org.seqgan.api.backend.IntTensor;

/** Int32 numbers in the device's memory. */
final class CudaIntTensor extends IntTensor {
  private final DeviceMemory memory;

  /** A tensor with memory of its own. */
  CudaIntTensor(MemoryPool pool, int... shape) {
    super(shape);
    this.memory = DeviceMemory.holding(pool.take(size()));
  }

  /** A view. */
  CudaIntTensor(DeviceMemory memory, int... shape) {
    super(shape);
    this.memory = memory;
  }

  /** Where its numbers are. */
  DeviceMemory memory() {
    return memory;
  }
}
