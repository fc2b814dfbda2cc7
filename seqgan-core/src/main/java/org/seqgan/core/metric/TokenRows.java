package org.seqgan.core.metric;

import java.util.OptionalInt;
import org.seqgan.api.data.Sequences;

/**
 * Sequences as rows of countable tokens: padding is never one, the end token is one or not as
 * whoever makes the rows decides. Immutable.
 */
public final class TokenRows {
  private final Sequences sequences;
  private final int[] lengths;

  private TokenRows(Sequences sequences, int[] lengths) {
    this.sequences = sequences;
    this.lengths = lengths;
  }

  /** All tokens, those that end a sequence included. */
  public static TokenRows all(Sequences sequences) {
    return new TokenRows(sequences, sequences.lengths());
  }

  /** The tokens before the end token, which may be none. */
  public static TokenRows withoutEnd(Sequences sequences, OptionalInt endToken) {
    if (endToken.isEmpty()) {
      return all(sequences);
    }
    int[] lengths = sequences.lengths().clone();
    for (int i = 0; i < lengths.length; i++) {
      if (sequences.token(i, lengths[i] - 1) == endToken.getAsInt()) {
        lengths[i]--;
      }
    }
    return new TokenRows(sequences, lengths);
  }

  int count() {
    return lengths.length;
  }

  int length(int row) {
    return lengths[row];
  }

  int token(int row, int position) {
    return sequences.token(row, position);
  }

  int longest() {
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    return longest;
  }
}
