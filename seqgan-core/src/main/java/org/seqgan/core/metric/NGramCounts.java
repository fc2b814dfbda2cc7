package org.seqgan.core.metric;

import java.util.Arrays;

/**
 * How often the n-grams of two sets of sequences stand in each: a number for each n-gram that is in
 * either, order by order.
 */
final class NGramCounts {
  private final NGramTrie trie = new NGramTrie();
  private final int orders;
  private final int[] sequences = new int[2];
  private final long[][] totals;
  private long[][] counts = new long[2][1024];
  private byte[] order = new byte[1024];

  /** The n-grams of orders 1 to {@code orders} of two sets. */
  NGramCounts(TokenRows one, TokenRows other, int orders) {
    this.orders = orders;
    this.totals = new long[2][orders];
    count(one, 0);
    count(other, 1);
  }

  private void count(TokenRows rows, int set) {
    sequences[set] = rows.count();
    for (int row = 0; row < rows.count(); row++) {
      for (int start = 0; start < rows.length(row); start++) {
        int node = NGramTrie.ROOT;
        int last = Math.min(orders, rows.length(row) - start);
        for (int n = 0; n < last; n++) {
          node = trie.addChild(node, rows.token(row, start + n));
          ensure(node);
          counts[set][node]++;
          order[node] = (byte) n;
          totals[set][n]++;
        }
      }
    }
  }

  private void ensure(int node) {
    if (node >= order.length) {
      int more = Math.max(node + 1, 2 * order.length);
      order = Arrays.copyOf(order, more);
      counts[0] = Arrays.copyOf(counts[0], more);
      counts[1] = Arrays.copyOf(counts[1], more);
    }
  }

  /**
   * MS-Jaccard-n (Alihosseini, Montahaei, Soleymani 2019): the geometric mean over the orders 1 to
   * n of {@code sum over n-grams of min(c1, c2) / sum of max(c1, c2)}, counts over the number of
   * sequences of their set. 1 of equal sets, 0 where an order has nothing in common.
   */
  double jaccard(int n) {
    double logs = 0;
    for (int i = 0; i < n; i++) {
      double least = 0;
      double most = 0;
      for (int node = 1; node < trie.size(); node++) {
        if (order[node] == i) {
          double a = (double) counts[0][node] / sequences[0];
          double b = (double) counts[1][node] / sequences[1];
          least += Math.min(a, b);
          most += Math.max(a, b);
        }
      }
      // Two sets without n-grams of an order, as all sequences are shorter, are equal.
      logs += most == 0 ? 0 : Math.log(least / most);
    }
    return Math.exp(logs / n);
  }

  /**
   * The Jensen-Shannon divergence of the distributions of the n-grams of order n, nats: 0 of equal
   * ones, log 2 of those that have nothing in common. Where all sequences of a set are shorter, it
   * is 0 or log 2.
   */
  double divergence(int n) {
    long one = totals[0][n - 1];
    long other = totals[1][n - 1];
    if (one == 0 || other == 0) {
      return one == other ? 0 : Math.log(2);
    }
    double sum = 0;
    for (int node = 1; node < trie.size(); node++) {
      if (order[node] == n - 1) {
        double p = (double) counts[0][node] / one;
        double q = (double) counts[1][node] / other;
        double mean = (p + q) / 2;
        sum += term(p, mean) + term(q, mean);
      }
    }
    return Math.max(0, sum);
  }

  private static double term(double share, double mean) {
    return share == 0 ? 0 : share * Math.log(share / mean) / 2;
  }
}
