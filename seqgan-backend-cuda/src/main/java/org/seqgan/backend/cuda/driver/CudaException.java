package org.seqgan.backend.cuda.driver;

import jcuda.driver.CUresult;

/** A call of the driver that failed: which, on what, and the driver's name for the error. */
public final class CudaException extends RuntimeException {
  private final int code;

  CudaException(String call, int code, String context) {
    super(
        "cuda: %s failed with %s%s"
            .formatted(call, name(code), context.isEmpty() ? "" : " (" + context + ")"));
    this.code = code;
  }

  /** Whether the device has no memory left. */
  public boolean isOutOfMemory() {
    return code == CUresult.CUDA_ERROR_OUT_OF_MEMORY;
  }

  /** {@code CUDA_ERROR_...} with its number, for JCuda does not name every code. */
  static String name(int code) {
    String name = CUresult.stringFor(code);
    return name.startsWith("CUDA_") ? name + " (" + code + ")" : "error " + code;
  }

  /** Requires that a call of the driver succeeded. */
  static void check(int code, String call) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new CudaException(call, code, "");
    }
  }
}
