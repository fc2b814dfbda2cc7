package org.seqgan.backend.cuda;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;

/**
 * Options of the backend {@code cuda}.
 *
 * @param device the number of the device among those that the driver shows
 * @param memory bound of memory kept for reuse, and the hint for cutting batches
 * @param precision of a discriminator's matrix products
 * @param fused fused operations to switch off or on; those not named are on
 */
public record CudaOptions(
    @Option(
            description =
                "the number of the device, from 0, among those that the driver shows; a slice of a"
                    + " device is one",
            defaultValue = "0",
            min = 0,
            max = 1023)
        int device,
    @Option(
            description =
                "device memory that temporaries of one operation or batch may take, and that may be"
                    + " kept for reuse",
            defaultValue = "1g")
        ByteSize memory,
    @Option(
            description =
                "in which numbers a discriminator's matrix products multiply: float32, tf32 or bf16"
                    + " (sums, weights and the generator stay float32); tf32 and bf16 need compute"
                    + " capability 8.0",
            defaultValue = "float32")
        Precision precision,
    @Option(
            description =
                "fused operations to switch off, each composed of primitives instead (slower, for"
                    + " finding errors)")
        Map<FusedOperation, Boolean> fused) {

  /** Checks the values. */
  public CudaOptions {
    if (device < 0) {
      throw new IllegalArgumentException("a device has a number from 0, found " + device);
    }
    fused = Collections.unmodifiableMap(new TreeMap<>(fused)); // in one order, as it is shown
  }

  /** The first device, everything on, a gigabyte of temporaries. */
  public static CudaOptions defaults() {
    return new CudaOptions(0, new ByteSize(1L << 30), Precision.FLOAT32, Map.of());
  }

  /** Whether an operation runs fused. */
  boolean isFused(FusedOperation operation) {
    return fused.getOrDefault(operation, true);
  }
}
