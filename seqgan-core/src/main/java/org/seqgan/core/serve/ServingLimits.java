package org.seqgan.core.serve;

import java.time.Duration;

/**
 * What bounds serving.
 *
 * @param waiting the most requests of a model that wait or are under way
 * @param rows the most sequences of a batch
 * @param timeout how long a request may take, from its arrival to its last sequence
 */
public record ServingLimits(int waiting, int rows, Duration timeout) {
  /** Checks the numbers. */
  public ServingLimits {
    if (waiting < 1 || rows < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "expected limits above 0, found %d waiting, %d rows, %s"
              .formatted(waiting, rows, timeout));
    }
  }
}
