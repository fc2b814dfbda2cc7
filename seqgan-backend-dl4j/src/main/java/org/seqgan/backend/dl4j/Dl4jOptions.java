package org.seqgan.backend.dl4j;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;
import org.seqgan.backend.dl4j.product.Precision;

/**
 * Options of the backend {@code dl4j}.
 *
 * @param threads worker threads, the calling one included; 0 for all processors
 * @param memory bound of pooled memory, and the hint for cutting batches
 * @param precision of a discriminator's matrix products
 * @param fused fused operations to switch off or on; those not named are on
 */
public record Dl4jOptions(
    @Option(
            description = "worker threads; 0 takes every processor; results do not depend on it",
            defaultValue = "0",
            min = 0,
            max = 1024)
        int threads,
    @Option(
            description =
                "memory that temporaries of one operation or batch may take, and that may be kept"
                    + " for reuse",
            defaultValue = "1g")
        ByteSize memory,
    @Option(
            description =
                "in which numbers a discriminator's matrix products multiply: float32 or bf16 (sums,"
                    + " weights and the generator stay float32); bf16 needs a processor with"
                    + " AVX512_BF16 or AMX",
            defaultValue = "float32")
        Precision precision,
    @Option(
            description =
                "fused operations to switch off, each composed of primitives instead (slower, for"
                    + " finding errors)")
        Map<FusedOperation, Boolean> fused) {

  /** Checks the values. */
  public Dl4jOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must be 0 (all processors) or more: " + threads);
    }
    fused = Collections.unmodifiableMap(new TreeMap<>(fused)); // in one order, as it is shown
  }

  /** Everything on, a gigabyte of temporaries. */
  public static Dl4jOptions withThreads(int threads) {
    return new Dl4jOptions(threads, new ByteSize(1L << 30), Precision.FLOAT32, Map.of());
  }

  /** The number of threads to run: every processor where 0 was asked for. */
  int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Whether an operation runs fused. */
  boolean isFused(FusedOperation operation) {
    return fused.getOrDefault(operation, true);
  }
}
