package org.seqgan.backend.cuda;

import org.seqgan.api.backend.IntTensor;

/** Int32 numbers in the device's memory. */
final class CudaIntTensor extends IntTensor {
  private final DeviceMemory memory;

  CudaIntTensor(DeviceMemory memory, int... shape) {
    super(shape);
    this.memory = memory;
  }

  /** Where its numbers are. */
  DeviceMemory memory() {
    return memory;
  }
}
