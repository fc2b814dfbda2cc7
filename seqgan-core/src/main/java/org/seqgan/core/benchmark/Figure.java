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
 * @param leastOperations of these, those that cannot be avoided
 * @param leastBytes that go from or to memory at least: parameters in each pass, and what the
 *     optimiser reads and writes
 */
public record Figure(
    String name,
    int repeats,
    double medianSeconds,
    double minSeconds,
    double maxSeconds,
    double operations,
    double leastOperations,
    double leastBytes) {

  /** 10^9 operations a second at the median. */
  public double gigaflops() {
    return operations / medianSeconds / 1e9;
  }

  /** 10^9 of the least bytes a second at the median. */
  public double gigabytes() {
    return leastBytes / medianSeconds / 1e9;
  }

  /**
   * The seconds below which a backend with these ceilings cannot come: the longer of computing and
   * of moving, for a machine does both at the same time.
   */
  public double floorSeconds(Ceilings ceilings) {
    return Math.max(
        leastOperations / (ceilings.gigaflops() * 1e9), leastBytes / (ceilings.gigabytes() * 1e9));
  }
}
