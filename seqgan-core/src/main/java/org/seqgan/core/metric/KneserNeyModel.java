package org.seqgan.core.metric;

import java.util.Arrays;

/**
 * A language model of interpolated Kneser-Ney n-grams: Kneser and Ney, "Improved backing-off for
 * m-gram language modeling" (ICASSP 1995), interpolated as in Chen and Goodman, "An empirical study
 * of smoothing techniques for language modeling" (1999):
 *
 * <pre>
 * p_k(w | h) = max(c(h w) - D_k, 0) / c(h .) + D_k N(h .) / c(h .) p_k-1(w | h')
 * p_0(w)     = 1 / V
 * </pre>
 *
 * c counts occurrences for the longest n-grams; for shorter ones it counts the different tokens
 * that come before. N counts the different tokens that come after. {@code D_k = n1 / (n1 + 2 n2)}
 * (Ney, Essen and Kneser 1994), with n1 and n2 the numbers of n-grams of count 1 and 2, or 0.5
 * where that is not strictly between 0 and 1. Sequences begin after a context of start symbols,
 * which are never predicted.
 *
 * <p>Every token of the vocabulary has a probability above 0 after any context. Immutable and
 * thread-safe.
 */
final class KneserNeyModel {
  private static final double FALLBACK_DISCOUNT = 0.5;

  private final int order;
  private final int vocabularySize;
  private final int startSymbol;
  private final NGramTrie trie = new NGramTrie();
  private final double[] discounts;
  private int[] counts = new int[1024];
  private int[] followers = new int[1024]; // of a context: the sum of its children's counts
  private int[] kinds = new int[1024]; // of a context: how many children have counts

  /**
   * Counts rows.
   *
   * @param order the longest n-grams, at least 1
   * @param vocabularySize V; tokens are 0 to V - 1
   */
  KneserNeyModel(TokenRows rows, int order, int vocabularySize) {
    this.order = order;
    this.vocabularySize = vocabularySize;
    this.startSymbol = vocabularySize;
    long[][] countsOfCounts = new long[order + 1][3];
    for (int row = 0; row < rows.count(); row++) {
      int[] padded = padded(rows, row);
      for (int t = order - 1; t < padded.length; t++) {
        count(padded, t, countsOfCounts);
      }
    }
    this.discounts = discounts(countsOfCounts);
  }

  private int[] padded(TokenRows rows, int row) {
    int[] padded = new int[order - 1 + rows.length(row)];
    Arrays.fill(padded, 0, order - 1, startSymbol);
    for (int t = 0; t < rows.length(row); t++) {
      padded[order - 1 + t] = rows.token(row, t);
    }
    return padded;
  }

  /** Counts the longest n-gram that ends at t; one that is new counts for its suffix too. */
  private void count(int[] tokens, int t, long[][] countsOfCounts) {
    for (int k = order; k >= 1; k--) {
      int context = NGramTrie.ROOT;
      for (int i = t - k + 1; i < t; i++) {
        context = trie.addChild(context, tokens[i]);
      }
      int node = trie.addChild(context, tokens[t]);
      reserve(trie.size());
      int before = counts[node]++;
      followers[context]++;
      if (before < 3) {
        countsOfCounts[k][before]--;
      }
      if (before < 2) {
        countsOfCounts[k][before + 1]++;
      }
      if (before > 0) {
        return;
      }
      kinds[context]++;
    }
  }

  private void reserve(int nodes) {
    if (nodes > counts.length) {
      counts = Arrays.copyOf(counts, 2 * nodes);
      followers = Arrays.copyOf(followers, 2 * nodes);
      kinds = Arrays.copyOf(kinds, 2 * nodes);
    }
  }

  private static double[] discounts(long[][] countsOfCounts) {
    double[] discounts = new double[countsOfCounts.length];
    for (int k = 1; k < discounts.length; k++) {
      double once = countsOfCounts[k][1];
      double discount = once / (once + 2.0 * countsOfCounts[k][2]);
      discounts[k] = discount > 0 && discount < 1 ? discount : FALLBACK_DISCOUNT;
    }
    return discounts;
  }

  /** -log p of each row, the sum over its tokens, in nats. */
  double[] negativeLogLikelihoods(TokenRows rows) {
    double[] sums = new double[rows.count()];
    for (int row = 0; row < sums.length; row++) {
      int[] padded = padded(rows, row);
      for (int t = order - 1; t < padded.length; t++) {
        sums[row] -= Math.log(probability(padded, t));
      }
    }
    return sums;
  }

  /** p of the token at t after those before it; the first {@code order - 1} are context alone. */
  private double probability(int[] tokens, int t) {
    double probability = 1.0 / vocabularySize;
    for (int k = 1; k <= order; k++) {
      int context = NGramTrie.ROOT;
      for (int i = t - k + 1; i < t && context != NGramTrie.ABSENT; i++) {
        context = trie.child(context, tokens[i]);
      }
      if (context == NGramTrie.ABSENT || followers[context] == 0) {
        return probability; // a longer context was not seen either
      }
      int node = trie.child(context, tokens[t]);
      int count = node == NGramTrie.ABSENT ? 0 : counts[node];
      double total = followers[context];
      probability =
          Math.max(count - discounts[k], 0) / total
              + discounts[k] * kinds[context] / total * probability;
    }
    return probability;
  }
}
