package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Storage;

/**
 * Where a tensor's numbers are: a place in a block of device memory, which views share with the
 * tensor that holds it.
 */
final class DeviceMemory {
  private final MemoryPool.Block block;
  private final long address;
  private boolean holding;

  private DeviceMemory(MemoryPool.Block block, long address, boolean holding) {
    this.block = block;
    this.address = address;
    this.holding = holding;
  }

  /** All of a block, which it holds. */
  static DeviceMemory holding(MemoryPool.Block block) {
    return new DeviceMemory(block, block.address(), true);
  }

  /** The same from a later number on, for a view. */
  DeviceMemory from(int offset) {
    return new DeviceMemory(block, address + 4L * offset, false);
  }

  MemoryPool.Block block() {
    return block;
  }

  /** Of the first number; any multiple of four. */
  long address() {
    return address;
  }

  /** Lets the block go; false where it does not hold it, or not any more. */
  boolean letGo() {
    boolean held = holding;
    holding = false;
    return held;
  }

  /**
   * A tensor's memory, with its numbers in it.
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

  /** The same, whether or not the numbers are there yet. */
  static DeviceMemory placeOf(Storage storage) {
    return storage instanceof CudaTensor floats ? floats.place() : of(storage);
  }

  /** The address of a tensor's first number. */
  static long address(Storage storage) {
    return of(storage).address();
  }
}
