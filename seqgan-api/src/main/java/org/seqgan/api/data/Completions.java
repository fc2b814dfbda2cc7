package org.seqgan.api.data;

import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The roll-outs of a batch (Monte-Carlo search, Eq. 4): N completions of every proper prefix Y_1:t,
 * t = 1..T-1, of each of B sequences. Only the tokens that were drawn are kept; what a completion
 * shares with its sequence is not copied. A prefix that has ended is completed by itself.
 *
 * <p>Row {@code ((t - 1) * N + n) * B + b} is copy n of the prefix of length t of sequence b.
 * Immutable.
 */
public final class Completions {
  private final Sequences sequences;
  private final int copies;
  private final int[][] drawn;
  private final OptionalInt endToken;

  /**
   * Wraps drawn tokens.
   *
   * @param sequences the B sequences whose prefixes were completed
   * @param copies N, at least 1
   * @param drawn {@code drawn[s - 1]} holds the tokens at position s (counted from 0) of the first
   *     {@code s * N * B} rows, that is, of all whose prefix is not longer than s; for s = 1..T-1
   * @param endToken the vocabulary's end token
   */
  public Completions(Sequences sequences, int copies, int[][] drawn, OptionalInt endToken) {
    if (copies < 1 || drawn.length != sequences.time() - 1) {
      throw new IllegalArgumentException(
          "completions need at least 1 copy and the tokens of "
              + (sequences.time() - 1)
              + " steps, found "
              + copies
              + " and "
              + drawn.length);
    }
    for (int s = 1; s <= drawn.length; s++) {
      if (drawn[s - 1].length != (long) s * copies * sequences.count()) {
        throw new IllegalArgumentException(
            "step "
                + s
                + " has "
                + drawn[s - 1].length
                + " tokens, expected "
                + (long) s * copies * sequences.count());
      }
    }
    this.sequences = sequences;
    this.copies = copies;
    this.drawn = drawn;
    this.endToken = endToken;
  }

  /** The B sequences whose prefixes were completed. */
  public Sequences sequences() {
    return sequences;
  }

  /** N, the completions of each prefix. */
  public int copies() {
    return copies;
  }

  /** The number of completions, (T-1) * N * B. */
  public int rowCount() {
    return drawn.length * copies * sequences.count();
  }

  /** The length t of the prefix that a row completes, 1 to T-1. */
  public int prefixLength(int row) {
    return row / (copies * sequences.count()) + 1;
  }

  /** The index b of the sequence whose prefix a row completes. */
  public int sequence(int row) {
    return row % sequences.count();
  }

  /**
   * The token of a completion at position {@code t}, counted from 0; what follows an end token is
   * not masked here.
   */
  public int token(int row, int t) {
    return t < prefixLength(row) ? sequences.token(sequence(row), t) : drawn[t - 1][row];
  }

  /**
   * The completions {@code from} to {@code to} (exclusive) as whole sequences {@code [to - from,
   * T]}.
   */
  public Sequences rows(int from, int to) {
    return rows(IntStream.range(from, to).toArray());
  }

  private Sequences rows(int[] rows) {
    int time = sequences.time();
    int[] tokens = new int[rows.length * time];
    for (int i = 0; i < rows.length; i++) {
      copy(rows[i], tokens, i * time);
    }
    return Sequences.ofSampled(tokens, time, endToken);
  }

  /** All tokens of a row; what follows an end token is not masked. */
  void copy(int row, int[] target, int at) {
    int time = sequences.time();
    int prefix = prefixLength(row);
    System.arraycopy(sequences.tokens(), sequence(row) * time, target, at, prefix);
    for (int t = prefix; t < time; t++) {
      target[at + t] = drawn[t - 1][row];
    }
  }

  /**
   * The score of each completion, {@code [rowCount]}, each that differs from the others scored
   * once: what a prefix that has ended is completed by, which is itself, and what was drawn twice.
   * Completions of one sequence follow one another, its shortest prefix first, so that neighbours
   * have a prefix in common.
   *
   * @param most how many to score at a time, to bound memory
   * @param score of sequences: a number for each, which depends on its tokens alone
   */
  public float[] scores(int most, Function<Sequences, float[]> score) {
    DistinctRows distinct = DistinctRows.of(this, endToken);
    float[] scores = new float[distinct.count()];
    for (int from = 0; from < scores.length; from += most) {
      int to = Math.min(scores.length, from + most);
      float[] part = score.apply(rows(distinct.rows(from, to)));
      System.arraycopy(part, 0, scores, from, to - from);
    }
    float[] ofRows = new float[rowCount()];
    for (int row = 0; row < ofRows.length; row++) {
      ofRows[row] = scores[distinct.place(row)];
    }
    return ofRows;
  }
}
