package org.seqgan.core.benchmark;

import java.util.Arrays;

/**
 * How long a piece of work is repeated. It is repeated until both the least number and the time are
 * reached, but not more than the most.
 *
 * @param warmUpSeconds before timing begins; for the just-in-time compiler and the caches
 * @param seconds of timing
 * @param leastRepeats of each, warm-up and timing
 * @param mostRepeats of each
 */
public record Stopwatch(double warmUpSeconds, double seconds, int leastRepeats, int mostRepeats) {
  /** Long enough for medians that repeat to a few percent on a quiet machine. */
  public static final Stopwatch STANDARD = new Stopwatch(4, 5, 5, 400);

  /** A check that everything runs, not a measurement. */
  public static final Stopwatch QUICK = new Stopwatch(0, 0, 1, 1);

  Figure time(String name, double operations, Runnable work) {
    repeat(work, warmUpSeconds);
    double[] seconds = repeat(work, this.seconds);
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return new Figure(
        name,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1],
        operations);
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
