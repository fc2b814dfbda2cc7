package org.seqgan.api.plugin;

import java.util.Locale;

/**
 * An amount of memory, written {@code 512m} or {@code 2g} in configuration (powers of 1024).
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {
  /** Checks the amount. */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("an amount of memory cannot be negative: " + bytes);
    }
  }

  @Override
  public String toString() {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
