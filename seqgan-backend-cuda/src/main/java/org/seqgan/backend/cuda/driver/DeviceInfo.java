package org.seqgan.backend.cuda.driver;

import org.seqgan.api.plugin.ByteSize;

/**
 * A device as the driver describes it.
 *
 * @param ordinal its number among the visible devices, from 0
 * @param name such as {@code NVIDIA H100 80GB HBM3}
 * @param capability what its processors can do
 * @param memoryBytes all of its memory; of a slice of a device, the slice's
 * @param processors how many blocks can run at the same time, at least
 * @param sharedBytes the most shared memory that a block can ask for
 */
public record DeviceInfo(
    int ordinal,
    String name,
    Capability capability,
    long memoryBytes,
    int processors,
    int sharedBytes) {
  /** Compute capability: 9.0 is Hopper, 8.x Ampere and Ada, 7.5 Turing. */
  public record Capability(int major, int minor) implements Comparable<Capability> {
    @Override
    public int compareTo(Capability other) {
      return major != other.major
          ? Integer.compare(major, other.major)
          : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /** For {@code seqgan doctor}. */
  public String describe() {
    return "device %d: %s, compute capability %s, %s, %d multiprocessors"
        .formatted(ordinal, name, capability, new ByteSize(memoryBytes), processors);
  }
}
