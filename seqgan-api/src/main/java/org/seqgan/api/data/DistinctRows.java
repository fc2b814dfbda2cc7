package org.seqgan.api.data;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The completions that differ from one another, by the tokens up to their ends: a hash table whose
 * entries are the first rows of their kind.
 */
final class DistinctRows {
  private static final int NONE = -1;

  private final Completions completions;
  private final OptionalInt endToken;

  /** Places in {@code rows}, by hash. */
  private final int[] table;

  /** The first row of each kind. */
  private final int[] rows;

  private int count;

  /** The place of each row's kind. */
  private final int[] places;

  /** Of the row at hand. */
  private final int[] tokens;

  private DistinctRows(Completions completions, OptionalInt endToken) {
    this.completions = completions;
    this.endToken = endToken;
    int all = completions.rowCount();
    this.table = new int[Math.max(2, Integer.highestOneBit(Math.min(all, 1 << 28)) * 4)];
    Arrays.fill(table, NONE);
    this.rows = new int[all];
    this.places = new int[all];
    this.tokens = new int[completions.sequences().time()];
  }

  /** Finds them, all of a sequence before those of the next. */
  static DistinctRows of(Completions completions, OptionalInt endToken) {
    DistinctRows distinct = new DistinctRows(completions, endToken);
    int batch = completions.sequences().count();
    for (int b = 0; b < batch; b++) {
      for (int row = b; row < distinct.places.length; row += batch) {
        distinct.add(row);
      }
    }
    return distinct;
  }

  private void add(int row) {
    completions.copy(row, tokens, 0);
    int length = length();
    int at = hash(length) & (table.length - 1);
    while (table[at] != NONE && !isSame(rows[table[at]], length)) {
      at = (at + 1) & (table.length - 1);
    }
    if (table[at] == NONE) {
      rows[count] = row;
      table[at] = count++;
    }
    places[row] = table[at];
  }

  private int length() {
    for (int t = 0; endToken.isPresent() && t < tokens.length; t++) {
      if (tokens[t] == endToken.getAsInt()) {
        return t + 1;
      }
    }
    return tokens.length;
  }

  private int hash(int length) {
    int hash = 0;
    for (int t = 0; t < length; t++) {
      hash = (hash ^ tokens[t]) * 0x9E3779B1; // 2^32 over the golden ratio
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** Two rows that are the same up to the end of one end there both. */
  private boolean isSame(int other, int length) {
    for (int t = length - 1; t >= 0; t--) {
      if (completions.token(other, t) != tokens[t]) {
        return false;
      }
    }
    return true;
  }

  /** How many differ. */
  int count() {
    return count;
  }

  /** The first rows of the kinds {@code from} to {@code to} (exclusive). */
  int[] rows(int from, int to) {
    return Arrays.copyOfRange(rows, from, to);
  }

  /** The place of a row's kind among all, 0 to {@code count() - 1}. */
  int place(int row) {
    return places[row];
  }
}
