package org.seqgan.core.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the known names nearest to a misspelt one, by the optimal string alignment distance:
 * insertions, deletions, substitutions and swaps of neighbours (F. J. Damerau, "A technique for
 * computer detection and correction of spelling errors", CACM 1964).
 */
public final class Spelling {
  private Spelling() {}

  /** All of {@code known}, the nearest to {@code given} first, then by alphabet. */
  public static List<String> closestFirst(String given, Collection<String> known) {
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(given, name))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The nearest of {@code known} if it is near enough to be a misspelling. */
  public static Optional<String> suggestion(String given, Collection<String> known) {
    return closestFirst(given, known).stream()
        .findFirst()
        .filter(name -> distance(given, name) <= Math.max(2, name.length() / 3));
  }

  /** The number of edits that lead from {@code a} to {@code b}. */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      edits[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      edits[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        best = Math.min(best, edits[i - 1][j - 1] + substitution);
        if (isSwap(a, i, b, j)) {
          best = Math.min(best, edits[i - 2][j - 2] + 1);
        }
        edits[i][j] = best;
      }
    }
    return edits[a.length()][b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
