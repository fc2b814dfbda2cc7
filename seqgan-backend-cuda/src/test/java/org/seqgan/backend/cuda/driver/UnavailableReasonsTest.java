package org.seqgan.backend.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.backend.cuda.driver.DeviceInfo.Capability;

@DisplayName("Why no device can be used")
class UnavailableReasonsTest {
  private static final String LIBRARY = "libJCudaDriver-12.6.0-linux-x86_64.so";

  @Test
  void theDriversLibraryIsMissing() {
    assertThat(
            NativeLibrary.reason(
                LIBRARY,
                "/tmp/x/"
                    + LIBRARY
                    + ": libcuda.so.1: cannot open shared object file: No such file or directory"))
        .isEqualTo(
            "no NVIDIA driver: libcuda.so.1 is not on this machine; install the driver, or use"
                + " another backend");
  }

  @Test
  void anotherLibraryIsMissing() {
    assertThat(
            NativeLibrary.reason(
                LIBRARY, "x: libstdc++.so.6: cannot open shared object file: No such file"))
        .isEqualTo(LIBRARY + " needs libstdc++.so.6, which is not on this machine; install it");
  }

  @Test
  void theLibraryDoesNotLoadForAnotherReason() {
    assertThat(NativeLibrary.reason(LIBRARY, "x: failed to map segment\nand more"))
        .isEqualTo(LIBRARY + " does not load (x: failed to map segment)");
  }

  @Test
  void theDriverIsTooOld() throws DriverUnavailableException {
    CudaDriver.requireVersion(11000);
    assertThatThrownBy(() -> CudaDriver.requireVersion(10020))
        .hasMessage(
            "the NVIDIA driver is too old: found one for CUDA 10.2, expected 11.0 or newer; update"
                + " the driver");
  }

  @Test
  void theDeviceIsTooOld() throws DriverUnavailableException {
    CudaDriver.requireCapability(device(7, 5));
    CudaDriver.requireCapability(device(12, 0));
    assertThatThrownBy(() -> CudaDriver.requireCapability(device(7, 0)))
        .hasMessageContaining("device 1 (Old) is too old: expected compute capability 7.5")
        .hasMessageContaining("found 7.0; set backend.device");
  }

  @Test
  void theDriverDoesNotStart() {
    assertThat(CudaDriver.whyNotInitialised(100)).contains("finds no device");
    assertThat(CudaDriver.whyNotInitialised(803)).contains("differ in version");
    assertThat(CudaDriver.whyNotInitialised(999)).contains("CUDA_ERROR_UNKNOWN (999)");
    assertThat(CudaDriver.whyNotInitialised(35)).contains("error 35");
  }

  @Test
  void machineCodeIsForADriverAndADeviceThatTakeIt() {
    assertThat(KernelImage.choose(13000, new Capability(9, 0))).isEqualTo(KernelImage.CUBIN_90);
    assertThat(KernelImage.choose(12080, new Capability(9, 0))).isEqualTo(KernelImage.PTX_80);
    assertThat(KernelImage.choose(13000, new Capability(8, 6))).isEqualTo(KernelImage.PTX_80);
    assertThat(KernelImage.choose(13000, new Capability(10, 0))).isEqualTo(KernelImage.PTX_80);
    assertThat(KernelImage.choose(13000, new Capability(7, 5))).isEqualTo(KernelImage.PTX_75);
  }

  private static DeviceInfo device(int major, int minor) {
    return new DeviceInfo(1, "Old", new Capability(major, minor), 1L << 30, 16, 48 << 10);
  }
}
