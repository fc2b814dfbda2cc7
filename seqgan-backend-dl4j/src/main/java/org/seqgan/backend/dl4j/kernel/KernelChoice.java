package org.seqgan.backend.dl4j.kernel;

/** Which loops run on this machine. */
public final class KernelChoice {
  private KernelChoice() {}

  /** The Vector API where it is there and fast, else scalar loops that say why. */
  public static Kernels choose(Processor processor) {
    boolean x86 = System.getProperty("os.arch", "").matches("amd64|x86_64");
    if (x86 && processor.lacks("fma")) {
      return new ScalarKernels(
          "this processor has no fused multiply-add, which "
              + VectorModule.NAME
              + " would emulate slowly");
    }
    if (!VectorModule.load()) {
      return new ScalarKernels(
          "the module "
              + VectorModule.NAME
              + " is not there: start a whole JDK with "
              + VectorModule.OPTION
              + " to be faster");
    }
    return new VectorKernels();
  }
}
