package org.seqgan.backend.cuda.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.seqgan.backend.cuda.driver.DeviceInfo.Capability;

/** The kernels in one of the forms that they are compiled to and checked in. */
public enum KernelImage {
  /** Machine code of Hopper: nothing to compile at the start. */
  CUBIN_90("kernels-90.cubin", "machine code for 9.0"),
  /** PTX with tensor cores, which the driver compiles for the device and keeps in its cache. */
  PTX_80("kernels-80.ptx", "PTX for 8.0, compiled by the driver"),
  /** The same without tensor cores. */
  PTX_75("kernels-75.ptx", "PTX for 7.5, compiled by the driver");

  /** The driver of the compiler that made the machine code. */
  private static final int DRIVER_OF_CUBIN = 13000;

  private static final int HOPPER = 9;
  private static final int AMPERE = 8;

  private final String resource;
  private final String description;

  KernelImage(String resource, String description) {
    this.resource = "/org/seqgan/backend/cuda/" + resource;
    this.description = description;
  }

  static KernelImage choose(int driverVersion, Capability capability) {
    if (capability.major() == HOPPER && driverVersion >= DRIVER_OF_CUBIN) {
      return CUBIN_90;
    }
    return capability.major() >= AMPERE ? PTX_80 : PTX_75;
  }

  /** For {@code seqgan doctor}. */
  public String description() {
    return description;
  }

  /** Its bytes, ended by a zero as the driver expects of text. */
  byte[] bytes() {
    try (InputStream in = KernelImage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("cuda: this build lacks its kernels, " + resource);
      }
      byte[] image = in.readAllBytes();
      return Arrays.copyOf(image, image.length + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
