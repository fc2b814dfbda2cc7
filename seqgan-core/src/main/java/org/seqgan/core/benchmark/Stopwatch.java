package org.seqgan.core.benchmark;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * How long a piece of work is repeated. It is repeated until both the least number and the time are
 * reached, but not more than the most.
 *
 * @param warmUpSeconds before timing begins; for the just-in-time compiler and the caches
 * @param seconds of timing
 * @param leastRepeats of each, warm-up and timing
 * @param mostRepeats of each
 * @param mostTogether how many steps may be asked for before their end is waited for, as training
 *     does: a device then works on one while the next is prepared
 */
public record Stopwatch(
    double warmUpSeconds, double seconds, int leastRepeats, int mostRepeats, int mostTogether) {
  /** Long enough for medians that repeat to a few percent on a quiet machine. */
  public static final Stopwatch STANDARD = new Stopwatch(4, 5, 5, 400, 10);

  /** For many points: short enough that all of them take a few minutes. */
  public static final Stopwatch BRIEF = new Stopwatch(1, 2, 1, 400, 10);

  /** A check that everything runs, not a measurement. */
  public static final Stopwatch QUICK = new Stopwatch(0, 0, 1, 1, 1);

  /**
   * Times one of several that are done together.
   *
   * @param work does as many as it is told, and ends when they have ended
   */
  Figure time(String name, Cost cost, int together, IntConsumer work) {
    int number = Math.min(together, mostTogether);
    repeat(() -> work.accept(number), warmUpSeconds);
    double[] sorted = repeat(() -> work.accept(number), this.seconds);
    Arrays.sort(sorted);
    return new Figure(
        name,
        sorted.length,
        sorted[sorted.length / 2] / number,
        sorted[0] / number,
        sorted[sorted.length - 1] / number,
        cost.operations(),
        cost.leastOperations(),
        cost.leastBytes());
  }

  private double[] repeat(Runnable work, double atLeast) {
    double[] seconds = new double[mostRepeats];
    int count = 0;
    long first = System.nanoTime();
    while (count < mostRepeats
        && (count < leastRepeats || (System.nanoTime() - first) / 1e9 < atLeast)) {
      long start = System.nanoTime();
      work.run();
      seconds[count++] = (System.nanoTime() - start) / 1e9;
    }
    return Arrays.copyOf(seconds, count);
  }
}
