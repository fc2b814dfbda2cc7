package org.seqgan.core.benchmark;

/**
 * One timed piece of work.
 *
 * @param name of the work
 * @param repeats how often it was timed, after the warm-up
 * @param medianSeconds of the repeats
 * @param minSeconds the fastest repeat
 * @param maxSeconds the slowest repeat
 * @param operations floating-point operations of its matrix products as the textbook has them (a
 *     multiplication and an addition are two); work that a backend avoids is counted, exponentials
 *     and the optimiser are not
 */
public record Figure(
    String name,
    int repeats,
    double medianSeconds,
    double minSeconds,
    double maxSeconds,
    double operations) {

  /** 10^9 operations a second at the median. */
  public double gigaflops() {
    return operations / medianSeconds / 1e9;
  }
}
