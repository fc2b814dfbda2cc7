package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.random.RandomStream;

/**
 * A random sample of a stream of unknown length: algorithm R of Vitter, "Random sampling with a
 * reservoir" (ACM Transactions on Mathematical Software, 1985). Every item of the stream is in the
 * sample with the same probability. Not thread-safe.
 *
 * @param <T> the type of an item
 */
final class Reservoir<T> {
  private final int capacity;
  private final RandomStream stream;
  private final List<T> items = new ArrayList<>();
  private int seen;

  /** A reservoir of at most {@code capacity} items. */
  Reservoir(int capacity, RandomStream stream) {
    this.capacity = capacity;
    this.stream = stream;
  }

  /** Offers the next item of the stream. It may have at most 2,147,483,647. */
  void add(T item) {
    seen = Math.addExact(seen, 1);
    if (items.size() < capacity) {
      items.add(item);
      return;
    }
    int place = stream.nextInt(seen);
    if (place < capacity) {
      items.set(place, item);
    }
  }

  /** How many were offered. */
  int seen() {
    return seen;
  }

  /** The sample. */
  List<T> items() {
    return List.copyOf(items);
  }
}
