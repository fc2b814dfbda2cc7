package org.seqgan.backend.cuda.driver;

import jcuda.driver.CUdeviceptr;

/** A device address for JCuda, which keeps them in objects; everywhere else they are numbers. */
final class Address extends CUdeviceptr {
  /** Room for an address that the driver will write. */
  Address() {}

  /** JCuda adds an offset to a pointer, here to null. */
  Address(long address) {
    super(new CUdeviceptr(), address);
  }

  long value() {
    return getNativePointer() + getByteOffset();
  }
}
