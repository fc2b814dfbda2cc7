package org.seqgan.tasks.text;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often each length occurs. Not thread-safe. */
final class Lengths {
  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long count;
  private long total;

  void add(int length) {
    counts.merge(length, 1L, Long::sum);
    count++;
    total += length;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How many lengths there are. */
  long count() {
    return count;
  }

  /** The sum of all lengths. */
  long total() {
    return total;
  }

  int shortest() {
    return counts.firstKey();
  }

  int longest() {
    return counts.lastKey();
  }

  /** The least length that so large a share of all does not exceed. */
  int quantile(double share) {
    long below = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      below += entry.getValue();
      if (below >= share * count) {
        return entry.getKey();
      }
    }
    return longest();
  }

  /** The share of lengths that are at least so large, 0 to 1. */
  double shareFrom(int length) {
    long from = counts.tailMap(length).values().stream().mapToLong(Long::longValue).sum();
    return count == 0 ? 0 : (double) from / count;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "shortest %,d, median %,d, 95%% at most %,d, longest %,d",
        shortest(),
        quantile(0.5),
        quantile(0.95),
        longest());
  }
}
