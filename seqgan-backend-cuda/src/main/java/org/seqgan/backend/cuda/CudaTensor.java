package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Tensor;

/** Float32 numbers in the device's memory. */
final class CudaTensor extends Tensor {
  private final DeviceMemory memory;

  CudaTensor(DeviceMemory memory, int... shape) {
    super(shape);
    this.memory = memory;
  }

  /** Where its numbers are. */
  DeviceMemory memory() {
    return memory;
  }
}
