package org.seqgan.backend.cuda.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Host memory that stays in its place, so that the device can copy from and to it by itself. */
final class PinnedMemory {
  /** JCuda's pointer, of which we need the number. */
  private static final class Start extends Pointer {
    long value() {
      return getNativePointer();
    }
  }

  private final Start start = new Start();
  private final ByteBuffer bytes;

  PinnedMemory(int size) {
    CudaException.check(JCudaDriver.cuMemHostAlloc(start, size, 0), "cuMemHostAlloc");
    this.bytes = start.getByteBuffer(0, size).order(ByteOrder.nativeOrder());
  }

  /** The memory; positions are the caller's to keep. */
  ByteBuffer bytes() {
    return bytes;
  }

  long address() {
    return start.value();
  }

  Pointer pointer(long offset) {
    return start.withByteOffset(offset);
  }

  void free() {
    JCudaDriver.cuMemFreeHost(start);
  }
}
