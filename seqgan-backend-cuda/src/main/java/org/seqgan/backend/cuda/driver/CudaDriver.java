package org.seqgan.backend.cuda.driver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;
import org.seqgan.backend.cuda.driver.DeviceInfo.Capability;

/** NVIDIA's driver on this machine, and its devices. Immutable. */
public final class CudaDriver {
  /** The oldest driver that takes the kernels: the PTX says version 7.0, which is CUDA 11.0. */
  private static final int OLDEST_VERSION = 11000;

  /** The oldest device that they are compiled for. */
  private static final Capability OLDEST_CAPABILITY = new Capability(7, 5);

  private static final int LONGEST_NAME = 256;

  private final int version;
  private final List<DeviceInfo> devices;

  private CudaDriver(int version, List<DeviceInfo> devices) {
    this.version = version;
    this.devices = devices;
  }

  /** What the first look found. A second one would find a class that failed to initialise. */
  private static final class Holder {
    static final @Nullable CudaDriver DRIVER;
    static final @Nullable DriverUnavailableException REASON;

    static {
      CudaDriver driver = null;
      DriverUnavailableException reason = null;
      try {
        driver = find();
      } catch (DriverUnavailableException e) {
        reason = e;
      }
      DRIVER = driver;
      REASON = reason;
    }
  }

  /**
   * The driver; loads it the first time.
   *
   * @throws DriverUnavailableException if there is none, or it is too old, or it has no device
   */
  public static CudaDriver load() throws DriverUnavailableException {
    if (Holder.DRIVER == null) {
      DriverUnavailableException reason = Holder.REASON;
      throw reason == null
          ? new DriverUnavailableException("no driver")
          : new DriverUnavailableException(String.valueOf(reason.getMessage()), reason);
    }
    return Holder.DRIVER;
  }

  private static CudaDriver find() throws DriverUnavailableException {
    NativeLibrary.load();
    int[] version = {0};
    CudaException.check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    requireVersion(version[0]);
    int code = JCudaDriver.cuInit(0);
    if (code != CUresult.CUDA_SUCCESS) {
      throw new DriverUnavailableException(whyNotInitialised(code));
    }
    return new CudaDriver(version[0], findDevices());
  }

  static void requireVersion(int version) throws DriverUnavailableException {
    if (version < OLDEST_VERSION) {
      throw new DriverUnavailableException(
          "the NVIDIA driver is too old: found one for CUDA %s, expected %s or newer; update the driver"
              .formatted(versionText(version), versionText(OLDEST_VERSION)));
    }
  }

  static String whyNotInitialised(int code) {
    return switch (code) {
      case CUresult.CUDA_ERROR_NO_DEVICE ->
          "the NVIDIA driver finds no device; CUDA_VISIBLE_DEVICES may hide it";
      case CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH ->
          "the NVIDIA driver's library and its kernel module differ in version; restart the machine after an update of the driver";
      default ->
          "the NVIDIA driver does not start: %s; nvidia-smi may say more"
              .formatted(CudaException.name(code));
    };
  }

  private static List<DeviceInfo> findDevices() throws DriverUnavailableException {
    int[] count = {0};
    CudaException.check(JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount");
    if (count[0] == 0) {
      throw new DriverUnavailableException(whyNotInitialised(CUresult.CUDA_ERROR_NO_DEVICE));
    }
    List<DeviceInfo> devices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      devices.add(describe(i));
    }
    return List.copyOf(devices);
  }

  private static DeviceInfo describe(int ordinal) {
    CUdevice device = handle(ordinal);
    byte[] name = new byte[LONGEST_NAME];
    CudaException.check(JCudaDriver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
    long[] memory = {0};
    CudaException.check(JCudaDriver.cuDeviceTotalMem(memory, device), "cuDeviceTotalMem");
    return new DeviceInfo(
        ordinal,
        new String(name, StandardCharsets.UTF_8).split("\0", 2)[0],
        new Capability(
            attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
            attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR)),
        memory[0],
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        attribute(
            device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN));
  }

  static CUdevice handle(int ordinal) {
    CUdevice device = new CUdevice();
    CudaException.check(JCudaDriver.cuDeviceGet(device, ordinal), "cuDeviceGet");
    return device;
  }

  private static int attribute(CUdevice device, int attribute) {
    int[] value = {0};
    CudaException.check(
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
    return value[0];
  }

  /** The version of CUDA that it is for, such as 12.4. */
  public String version() {
    return versionText(version);
  }

  private static String versionText(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  /** The devices that it shows, at least one, in their order. */
  public List<DeviceInfo> devices() {
    return devices;
  }

  /**
   * A device that the kernels run on.
   *
   * @throws DriverUnavailableException if it is not there, or too old
   */
  public DeviceInfo device(int ordinal) throws DriverUnavailableException {
    if (ordinal >= devices.size()) {
      throw new DriverUnavailableException(
          "expected a device %d, found %d: %s; set backend.device"
              .formatted(
                  ordinal,
                  devices.size(),
                  String.join(", ", devices.stream().map(DeviceInfo::name).toList())));
    }
    DeviceInfo device = devices.get(ordinal);
    requireCapability(device);
    return device;
  }

  static void requireCapability(DeviceInfo device) throws DriverUnavailableException {
    if (device.capability().compareTo(OLDEST_CAPABILITY) < 0) {
      throw new DriverUnavailableException(
          "device %d (%s) is too old: expected compute capability %s or higher, found %s; set backend.device to another one, or use another backend"
              .formatted(device.ordinal(), device.name(), OLDEST_CAPABILITY, device.capability()));
    }
  }

  /** Which compiled kernels a device gets. */
  public KernelImage imageFor(DeviceInfo device) {
    return KernelImage.choose(version, device.capability());
  }

  /**
   * How much memory a device has left. Starts its context for a moment, but loads no kernels, which
   * the driver may have to compile.
   *
   * @throws CudaException if the device does not let this process in
   */
  public Session.MemoryInfo memoryOf(DeviceInfo device) {
    CUcontext context = new CUcontext();
    CudaException.check(
        JCudaDriver.cuDevicePrimaryCtxRetain(context, handle(device.ordinal())),
        "cuDevicePrimaryCtxRetain");
    try {
      CudaException.check(JCudaDriver.cuCtxPushCurrent(context), "cuCtxPushCurrent");
      try {
        long[] free = {0};
        long[] total = {0};
        CudaException.check(JCudaDriver.cuMemGetInfo(free, total), "cuMemGetInfo");
        return new Session.MemoryInfo(free[0], total[0]);
      } finally {
        JCudaDriver.cuCtxPopCurrent(new CUcontext()); // that of an open session is current again
      }
    } finally {
      JCudaDriver.cuDevicePrimaryCtxRelease(handle(device.ordinal()));
    }
  }

  /** Starts to work on a device. */
  public Session open(DeviceInfo device) {
    return new Session(device, imageFor(device));
  }
}
