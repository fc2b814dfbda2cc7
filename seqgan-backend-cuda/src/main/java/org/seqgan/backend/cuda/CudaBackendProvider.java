package org.seqgan.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.cuda.driver.CudaDriver;
import org.seqgan.backend.cuda.driver.DeviceInfo;
import org.seqgan.backend.cuda.driver.DriverUnavailableException;
import org.seqgan.backend.cuda.driver.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend {@code cuda}: an NVIDIA GPU. Loads the driver only in {@link #availability} and
 * {@link #open}.
 */
public final class CudaBackendProvider implements BackendProvider<CudaOptions> {
  /** The name that configuration selects. */
  static final String NAME = "cuda";

  private static final int PREFERENCE_OF_AN_ACCELERATOR = 200;

  @Override
  public About<CudaOptions> about() {
    return new About<>(
        NAME,
        "an NVIDIA GPU, with kernels of its own; needs a driver and nothing else",
        CudaOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public int preference() {
    return PREFERENCE_OF_AN_ACCELERATOR;
  }

  @Override
  public Availability availability(CudaOptions options) {
    List<String> details = new ArrayList<>();
    try {
      CudaDriver driver = CudaDriver.load();
      details.add("driver: for CUDA " + driver.version());
      driver.devices().forEach(device -> details.add(device.describe()));
      DeviceInfo device = driver.device(options.device());
      details.add("in use: device %d".formatted(device.ordinal()));
      details.add("kernels: " + driver.imageFor(device).description());
      details.add("precision of a discriminator's products: " + options.precision());
      options.precision().requireOn(device);
      Session.MemoryInfo memory = driver.memoryOf(device);
      details.add(
          "memory: %s free of %s"
              .formatted(new ByteSize(memory.freeBytes()), new ByteSize(memory.totalBytes())));
      return new Availability.Available(List.copyOf(details));
    } catch (DriverUnavailableException | RuntimeException e) {
      return new Availability.Unavailable(String.valueOf(e.getMessage()), List.copyOf(details));
    }
  }

  @Override
  public TensorBackend open(CudaOptions options) {
    try {
      CudaDriver driver = CudaDriver.load();
      DeviceInfo device = driver.device(options.device());
      options.precision().requireOn(device);
      log().info("backend cuda: {}, {}", device.describe(), driver.imageFor(device).description());
      return new CudaBackend(options, driver.open(device));
    } catch (DriverUnavailableException | RuntimeException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT, "backend cuda cannot run here: " + e.getMessage(), e);
    }
  }

  /** Asked for where something is logged: finding plugins sets up no logging. */
  private static Logger log() {
    return LoggerFactory.getLogger(CudaBackendProvider.class);
  }
}
