package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Storage;

/**
 * Where a tensor's numbers are: a place in a block of device memory, which views share.
 *
 * @param block the memory
 * @param address of the first number; any multiple of four
 */
record DeviceMemory(MemoryPool.Block block, long address) {
  /** All of a block. */
  static DeviceMemory of(MemoryPool.Block block) {
    return new DeviceMemory(block, block.address());
  }

  /** The same from a later number on. */
  DeviceMemory from(int offset) {
    return new DeviceMemory(block, address + 4L * offset);
  }

  /**
   * A tensor's memory.
   *
   * @throws IllegalArgumentException if another backend made it
   */
  static DeviceMemory of(Storage storage) {
    if (storage instanceof CudaTensor floats) {
      return floats.memory();
    }
    if (storage instanceof CudaIntTensor ints) {
      return ints.memory();
    }
    throw new IllegalArgumentException(
        "cuda: a tensor of shape " + storage + " was made by another backend");
  }

  /** The address of a tensor's first number. */
  static long address(Storage storage) {
    return of(storage).address();
  }
}
