package org.seqgan.core.metric;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/** Orders of n-grams, as options list them. */
final class Orders {
  private Orders() {}

  /** Rejects a list without orders, or with one twice. */
  static void check(List<Integer> orders) {
    if (orders.isEmpty() || new HashSet<>(orders).size() < orders.size()) {
      throw new IllegalArgumentException(
          "orders are " + orders + ", expected at least one, and each once");
    }
  }

  static int longest(List<Integer> orders) {
    return Collections.max(orders);
  }
}
