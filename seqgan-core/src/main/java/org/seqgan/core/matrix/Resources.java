package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.config.ResolvedConfig;

/**
 * What one cell may use.
 *
 * @param threads worker threads, at least 1
 * @param memory of its process, the Java heap and native memory together
 * @param device the number of the accelerator that it runs on, where somebody chose
 */
public record Resources(int threads, ByteSize memory, OptionalInt device) {
  private static final String DEVICE = "backend.device";

  /** The options that they override: which of the machine's means are used. */
  static final Set<String> KEYS = Set.of("backend.threads", "backend.memory", DEVICE);

  private static final long LEAST_MEMORY = 512L << 20;
  private static final long DEFAULT_POOL = 1L << 30;

  /**
   * An equal share of a budget.
   *
   * @param parallel how many cells run at a time
   * @throws UserException of kind {@code CONFIGURATION} where the share is too small
   */
  public static Resources share(int threads, ByteSize memory, int parallel) {
    if (threads < parallel) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%d cells at a time need as many threads, found a budget of %d; lower -j or raise --threads"
              .formatted(parallel, threads));
    }
    long share = memory.bytes() / parallel;
    if (share < LEAST_MEMORY) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "expected at least %s of memory for each cell, found %s for %d; lower -j or raise --memory"
              .formatted(new ByteSize(LEAST_MEMORY), memory, parallel));
    }
    return new Resources(threads / parallel, new ByteSize(share), OptionalInt.empty());
  }

  /** Half is for the Java heap, in MiB; the rest for native memory and the machine itself. */
  public long heapMegabytes() {
    return memory.bytes() / 2 >> 20;
  }

  /**
   * Overrides that make a backend stay within these, for those of its options that nobody chose.
   * They decide how fast it computes; results do not depend on them.
   *
   * @throws UserException of kind {@code CONFIGURATION} where there is a device for a backend that
   *     has none
   */
  List<String> overrides(ResolvedConfig config) {
    List<String> overrides = new ArrayList<>();
    if (isOpen(config, "backend.threads")) {
      overrides.add("backend.threads=" + threads);
    }
    long pool = memory.bytes() / 4;
    if (pool < DEFAULT_POOL && isOpen(config, "backend.memory")) {
      overrides.add("backend.memory=" + pool);
    }
    if (device.isPresent()) {
      if (config.values().stream().noneMatch(value -> value.key().equals(DEVICE))) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "device %d was chosen for a cell, but backend %s has no devices; choose a backend that has, or leave --devices out"
                .formatted(device.getAsInt(), config.backend().provider().about().name()));
      }
      overrides.add(DEVICE + "=" + device.getAsInt());
    }
    return overrides;
  }

  private static boolean isOpen(ResolvedConfig config, String key) {
    return config.values().stream()
        .anyMatch(value -> value.key().equals(key) && value.origin().equals("default"));
  }
}
