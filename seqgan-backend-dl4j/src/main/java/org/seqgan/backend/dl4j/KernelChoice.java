package org.seqgan.backend.dl4j;

/** Which loops run on this machine. */
final class KernelChoice {
  private static final String MODULE = "jdk.incubator.vector";

  private KernelChoice() {}

  /** The Vector API where it is there and fast, else scalar loops that say why. */
  static Kernels choose(Processor processor) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new ScalarKernels("start Java with --add-modules " + MODULE + " to be faster");
    }
    boolean x86 = System.getProperty("os.arch", "").matches("amd64|x86_64");
    if (x86 && processor.lacks("fma")) {
      return new ScalarKernels(
          "this processor has no fused multiply-add, which " + MODULE + " would emulate slowly");
    }
    return new VectorKernels();
  }
}
