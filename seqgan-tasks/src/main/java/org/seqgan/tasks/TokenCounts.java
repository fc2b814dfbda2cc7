package org.seqgan.tasks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each token occurs. Filled sequence by sequence; not thread-safe. */
public final class TokenCounts {
  private final Map<String, Long> counts = new HashMap<>();
  private long total;

  /** Counts nothing yet. */
  public TokenCounts() {}

  /** The counts of some sequences. */
  public static TokenCounts of(Iterable<List<String>> sequences) {
    TokenCounts counts = new TokenCounts();
    sequences.forEach(counts::add);
    return counts;
  }

  /** Counts the tokens of a sequence. */
  public void add(List<String> sequence) {
    for (String token : sequence) {
      counts.merge(token, 1L, Long::sum);
      total++;
    }
  }

  /** How many different tokens there are. */
  public int distinct() {
    return counts.size();
  }

  /** How many tokens there are. */
  public long total() {
    return total;
  }

  /** How often a token occurs. */
  public long of(String token) {
    return counts.getOrDefault(token, 0L);
  }

  /**
   * The tokens that occur so often or oftener, the most frequent first, equal ones by code points.
   */
  public List<String> byFrequency(long minimumCount) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= minimumCount)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey, TokenCounts::byCodePoints))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Unlike the order of strings, which puts rare planes before the last characters of the first.
   */
  private static int byCodePoints(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }
}
