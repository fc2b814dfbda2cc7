package org.seqgan.backend.dl4j.product;

import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The OpenMP threads of native libraries. oneDNN would spread each product over all processors, but
 * here the workers share out blocks themselves, which is faster on small shapes and gives the same
 * bits for any number of threads. ND4J's library and oneDNN share one OpenMP runtime, whose setting
 * belongs to the calling thread: every worker sets it once.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /** From now on, native calls of this thread use this thread alone. */
  public static void limitToOne() {
    nativeOps().setOmpNumThreads(1);
  }

  /** How many threads a native call of this thread may use. */
  public static int limit() {
    return nativeOps().ompGetMaxThreads();
  }

  private static NativeOps nativeOps() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }
}
