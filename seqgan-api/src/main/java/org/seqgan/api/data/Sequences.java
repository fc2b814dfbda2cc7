package org.seqgan.api.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A batch of token sequences, {@code [count, time]}. Sequence i has {@link #length(int) length(i)}
 * tokens; the positions after them hold padding that no loss, reward or metric may look at.
 *
 * <p>The padding of a sequence always repeats its last token, which is the end token of the
 * vocabulary. So it tells nothing that the sequence does not, and two batches of the same sequences
 * are equal, whatever their maker had left there.
 *
 * <p>Immutable and thread-safe as long as nobody writes to the arrays it hands out.
 */
public final class Sequences {
  private final int[] tokens;
  private final int[] lengths;
  private final int time;

  private Sequences(int[] tokens, int[] lengths, int time) {
    this.tokens = tokens;
    this.lengths = lengths;
    this.time = time;
  }

  /**
   * Wraps tokens, row-major {@code [lengths.length, time]}. They are copied only where something
   * else than its last token stands after a sequence: that is overwritten, in the copy.
   *
   * @throws IllegalArgumentException if the sizes do not agree or a length is not in 1..time
   */
  public static Sequences of(int[] tokens, int[] lengths, int time) {
    if (time < 1 || tokens.length != (long) lengths.length * time) {
      throw new IllegalArgumentException(
          "tokens["
              + tokens.length
              + "] are not "
              + lengths.length
              + " sequences of "
              + time
              + " positions");
    }
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] < 1 || lengths[i] > time) {
        throw new IllegalArgumentException(
            "sequence " + i + " has length " + lengths[i] + ", expected 1 to " + time);
      }
    }
    return new Sequences(padded(tokens, lengths, time), lengths, time);
  }

  /** Every row followed by its last token: the same array where that is so already. */
  private static int[] padded(int[] tokens, int[] lengths, int time) {
    int[] padded = tokens;
    for (int i = 0; i < lengths.length; i++) {
      int last = tokens[i * time + lengths[i] - 1];
      for (int at = i * time + lengths[i]; at < (i + 1) * time; at++) {
        if (tokens[at] != last) {
          padded = padded == tokens ? tokens.clone() : padded;
          padded[at] = last;
        }
      }
    }
    return padded;
  }

  /**
   * The number of positions of so many sequences, for the array that is to hold their tokens.
   *
   * @throws org.seqgan.api.UserException if no array or no heap holds as many, see {@link
   *     ArraySize#of}
   */
  public static int size(long count, int time) {
    return ArraySize.of("sequences", count, time, Integer.BYTES);
  }

  /** Wraps tokens, row-major {@code [count, time]}, all of full length, without copying. */
  public static Sequences ofFullLength(int[] tokens, int time) {
    if (time < 1 || tokens.length % time != 0) {
      throw new IllegalArgumentException(
          "tokens[" + tokens.length + "] are not sequences of " + time + " positions");
    }
    int[] lengths = new int[tokens.length / time];
    Arrays.fill(lengths, time);
    return new Sequences(tokens, lengths, time);
  }

  /** Copies rows of equal length. */
  public static Sequences ofRows(int[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("no rows");
    }
    int time = rows[0].length;
    int[] tokens = new int[size(rows.length, time)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != time) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " tokens, row 0 has " + time);
      }
      System.arraycopy(rows[i], 0, tokens, i * time, time);
    }
    return ofFullLength(tokens, time);
  }

  /**
   * Wraps sampled tokens, row-major {@code [count, time]}: each row ends after its first end token,
   * and the positions after that are overwritten with it.
   */
  public static Sequences ofSampled(int[] tokens, int time, OptionalInt endToken) {
    Sequences sampled = ofFullLength(tokens, time);
    if (endToken.isPresent()) {
      int end = endToken.getAsInt();
      for (int i = 0; i < sampled.lengths.length; i++) {
        int from = i * time;
        int t = 0;
        while (t < time && tokens[from + t] != end) {
          t++;
        }
        sampled.lengths[i] = Math.min(t + 1, time);
        Arrays.fill(tokens, from + sampled.lengths[i], from + time, end);
      }
    }
    return sampled;
  }

  /**
   * Copies rows of unequal length: one that is shorter than {@code time} is followed by the end
   * token, which counts as part of it and fills the positions after it; one of full length has
   * none.
   *
   * @throws IllegalArgumentException if there are no rows, or one is empty or longer, or holds the
   *     end token itself: no generator could write what stands after it
   */
  public static Sequences ofUnequalRows(List<int[]> rows, int time, int endToken) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no rows");
    }
    int[] tokens = new int[size(rows.size(), time)];
    int[] lengths = new int[rows.size()];
    for (int i = 0; i < lengths.length; i++) {
      int[] row = rows.get(i);
      if (row.length == 0 || row.length > time) {
        throw new IllegalArgumentException(
            "row " + i + " has " + row.length + " tokens, expected 1 to " + time);
      }
      requireNoEnd(row, i, endToken);
      System.arraycopy(row, 0, tokens, i * time, row.length);
      Arrays.fill(tokens, i * time + row.length, (i + 1) * time, endToken);
      lengths[i] = Math.min(row.length + 1, time);
    }
    return of(tokens, lengths, time);
  }

  private static void requireNoEnd(int[] row, int i, int endToken) {
    for (int t = 0; t < row.length; t++) {
      if (row[t] == endToken) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " has the end token "
                + endToken
                + " at position "
                + t
                + ", expected rows without it: it is added here");
      }
    }
  }

  /** All sequences of several batches of the same number of positions, one after the other. */
  public static Sequences concat(List<Sequences> parts) {
    int time = parts.get(0).time;
    long count = 0;
    for (Sequences part : parts) {
      if (part.time != time) {
        throw new IllegalArgumentException(
            "batches of " + time + " and of " + part.time + " positions");
      }
      count += part.count();
    }
    int[] tokens = new int[size(count, time)];
    int[] lengths = new int[(int) count];
    int row = 0;
    for (Sequences part : parts) {
      System.arraycopy(part.tokens, 0, tokens, row * time, part.tokens.length);
      System.arraycopy(part.lengths, 0, lengths, row, part.lengths.length);
      row += part.count();
    }
    return new Sequences(tokens, lengths, time);
  }

  /** How many sequences. */
  public int count() {
    return lengths.length;
  }

  /** T, the number of positions of every row, padding included. */
  public int time() {
    return time;
  }

  /** The number of tokens of sequence {@code i}, its end token included, 1 to {@link #time()}. */
  public int length(int i) {
    return lengths[i];
  }

  /** The token of sequence {@code i} at position {@code t}, counted from 0. */
  public int token(int i, int t) {
    return tokens[i * time + t];
  }

  /** The tokens of sequence {@code i}, without padding. */
  public int[] row(int i) {
    return Arrays.copyOfRange(tokens, i * time, i * time + lengths[i]);
  }

  /** All positions, row-major {@code [count, time]}. Not a copy: read only. */
  public int[] tokens() {
    return tokens;
  }

  /** All lengths {@code [count]}. Not a copy: read only. */
  public int[] lengths() {
    return lengths;
  }

  /** The number of tokens of all sequences, padding excluded. */
  public long tokenCount() {
    long sum = 0;
    for (int length : lengths) {
      sum += length;
    }
    return sum;
  }

  /** The sequences {@code from} to {@code to} (exclusive). */
  public Sequences slice(int from, int to) {
    return new Sequences(
        Arrays.copyOfRange(tokens, from * time, to * time),
        Arrays.copyOfRange(lengths, from, to),
        time);
  }

  /** The sequences at the given indices, in that order. */
  public Sequences select(int[] indices) {
    int[] selected = new int[size(indices.length, time)];
    int[] selectedLengths = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(tokens, indices[i] * time, selected, i * time, time);
      selectedLengths[i] = lengths[indices[i]];
    }
    return new Sequences(selected, selectedLengths, time);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequences that
        && time == that.time
        && Arrays.equals(lengths, that.lengths)
        && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(tokens) + Arrays.hashCode(lengths)) + time;
  }

  @Override
  public String toString() {
    return "Sequences[" + count() + ", " + time + "]";
  }
}
