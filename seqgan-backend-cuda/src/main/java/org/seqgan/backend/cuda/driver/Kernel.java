package org.seqgan.backend.cuda.driver;

import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.JCudaDriver;

/** A kernel of the module. */
final class Kernel {
  /** What a block gets without asking. */
  private static final int SHARED_BYTES_OF_EVERY_BLOCK = 48 << 10;

  private final String name;
  private final CUfunction function;
  private int allowed = SHARED_BYTES_OF_EVERY_BLOCK;

  Kernel(String name, CUfunction function) {
    this.name = name;
    this.function = function;
  }

  String name() {
    return name;
  }

  CUfunction function() {
    return function;
  }

  /** Asks for more shared memory than every block gets, once. */
  void allowShared(int bytes) {
    if (bytes > allowed) {
      CudaException.check(
          JCudaDriver.cuFuncSetAttribute(
              function,
              CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
              bytes),
          "cuFuncSetAttribute of %s, %d bytes of shared memory".formatted(name, bytes));
      allowed = bytes;
    }
  }
}
