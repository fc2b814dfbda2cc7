package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;

/** Rows of tokens for tests. */
final class Rows {
  /** Ends every row of {@link #of}, and is no token of it. */
  private static final int END = 1_000_000;

  private Rows() {}

  /** Rows of any lengths, of none too. */
  static TokenRows of(List<List<Integer>> rows) {
    int time = rows.stream().mapToInt(List::size).max().orElse(0) + 1;
    int[] tokens = new int[rows.size() * time];
    int[] lengths = new int[rows.size()];
    for (int i = 0; i < lengths.length; i++) {
      for (int t = 0; t < time; t++) {
        tokens[i * time + t] = t < rows.get(i).size() ? rows.get(i).get(t) : END;
      }
      lengths[i] = rows.get(i).size() + 1;
    }
    return TokenRows.withoutEnd(Sequences.of(tokens, lengths, time), OptionalInt.of(END));
  }

  /** Rows of 0 to {@code longest} tokens, the small ones more often. */
  static List<List<Integer>> random(int count, int longest, int vocabulary, RandomStream stream) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> row = new ArrayList<>();
      int length = stream.nextInt(longest + 1);
      for (int t = 0; t < length; t++) {
        row.add(stream.nextInt(1 + stream.nextInt(vocabulary)));
      }
      rows.add(row);
    }
    return rows;
  }
}
