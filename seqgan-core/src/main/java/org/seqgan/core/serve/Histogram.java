package org.seqgan.core.serve;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** How values are spread: how many there are up to each of some bounds. Thread-safe. */
public final class Histogram {
  private final List<Double> bounds;

  /** How many values are above the bound before and at most this one; the last have no bound. */
  private final AtomicLongArray counts;

  private final DoubleAdder sum = new DoubleAdder();

  /**
   * Of no values yet.
   *
   * @param bounds ascending
   */
  Histogram(List<Double> bounds) {
    this.bounds = List.copyOf(bounds);
    this.counts = new AtomicLongArray(bounds.size() + 1);
  }

  /** For seconds from half a millisecond to a minute. */
  public static Histogram ofSeconds() {
    return new Histogram(
        List.of(
            0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0,
            60.0));
  }

  /** Adds a value. */
  public void add(double value) {
    int at = 0;
    while (at < bounds.size() && value > bounds.get(at)) {
      at++;
    }
    counts.incrementAndGet(at);
    sum.add(value);
  }

  /**
   * What it is at one time.
   *
   * @param bounds ascending
   * @param upTo how many values are at most each bound
   * @param count of all values
   * @param sum of all values
   */
  public record Reading(List<Double> bounds, List<Long> upTo, long count, double sum) {}

  /** Reads it. Values that are added meanwhile may count in one number and not yet in another. */
  public Reading read() {
    long[] upTo = new long[bounds.size()];
    long total = 0;
    for (int i = 0; i < upTo.length; i++) {
      total += counts.get(i);
      upTo[i] = total;
    }
    total += counts.get(upTo.length);
    return new Reading(bounds, Arrays.stream(upTo).boxed().toList(), total, sum.sum());
  }
}
