package org.seqgan.api.generator;

import java.util.Arrays;
import java.util.function.Consumer;
import org.seqgan.api.data.Sequences;

/**
 * The distributions of the next token at some positions of sequences, {@code [count, V]}: natural
 * logarithms of probabilities, of which those of a row add up to 1.
 *
 * @param vocabularySize V, the number of tokens
 * @param logs row-major {@code [count, V]}; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, not by value
public record NextTokens(int vocabularySize, float[] logs) {
  /** Values that {@link #forEach} has a policy make at a time: 16 MB. */
  private static final int MOST_VALUES = 1 << 22;

  /** Positions that a policy has to go through for them, which bounds its hidden states. */
  private static final int MOST_POSITIONS = 2048;

  /** As many cells are asked for as long as the size of the vocabulary is not known. */
  private static final int FIRST_CELLS = 16;

  /** Checks the sizes. */
  public NextTokens {
    if (vocabularySize < 1 || logs.length % vocabularySize != 0) {
      throw new IllegalArgumentException(
          "values[" + logs.length + "] are not distributions over " + vocabularySize + " tokens");
    }
  }

  /**
   * The distributions of which these are the logits (softmax at temperature 1).
   *
   * @param logits row-major {@code [count, V]}; overwritten
   */
  public static NextTokens ofLogits(int vocabularySize, float[] logits) {
    for (int from = 0; from < logits.length; from += vocabularySize) {
      int to = from + vocabularySize;
      double max = Double.NEGATIVE_INFINITY;
      for (int at = from; at < to; at++) {
        max = Math.max(max, logits[at]); // NaN stays
      }
      double sum = 0;
      for (int at = from; at < to; at++) {
        sum += Math.exp(logits[at] - max);
      }
      double logSum = max + Math.log(sum);
      for (int at = from; at < to; at++) {
        logits[at] = (float) (logits[at] - logSum);
      }
    }
    return new NextTokens(vocabularySize, logits);
  }

  /** How many distributions. */
  public int count() {
    return logs.length / vocabularySize;
  }

  /** The logarithm of the probability of a token in distribution {@code row}. */
  public float log(int row, int token) {
    return logs[row * vocabularySize + token];
  }

  /** Every cell of some sequences that has a token, sequence by sequence. */
  public static int[] everyCell(Sequences sequences) {
    int[] cells = new int[Math.toIntExact(sequences.tokenCount())];
    int next = 0;
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.length(i); t++) {
        cells[next++] = i * sequences.time() + t;
      }
    }
    return cells;
  }

  /**
   * Insists that all cells have a token, for a policy to begin with.
   *
   * @throws IllegalArgumentException naming the first that has none
   */
  public static void requireCells(Sequences sequences, int[] cells) {
    for (int cell : cells) {
      int i = cell / sequences.time();
      int t = cell % sequences.time();
      if (cell < 0 || i >= sequences.count()) {
        throw new IllegalArgumentException("cell " + cell + " is outside of " + sequences);
      }
      if (t >= sequences.length(i)) {
        throw new IllegalArgumentException(
            "cell %d is position %d of sequence %d, which has %d tokens"
                .formatted(cell, t, i, sequences.length(i)));
      }
    }
  }

  /**
   * Shows the distributions at any number of cells, a part at a time, in the order of the cells.
   * Cells in increasing order cost the least: a policy goes through the sequences of a part once.
   *
   * @param cells as of {@link Policy#nextTokens}; see {@link #everyCell}
   * @param look sees each part; the parts follow one another without gaps
   */
  public static void forEach(
      Policy policy, Sequences sequences, int[] cells, Consumer<NextTokens> look) {
    int most = FIRST_CELLS;
    int to;
    for (int from = 0; from < cells.length; from = to) {
      to = endOfPart(cells, from, Math.min(cells.length, from + most), sequences.time());
      NextTokens part = partOf(policy, sequences, Arrays.copyOfRange(cells, from, to));
      most = Math.max(1, MOST_VALUES / part.vocabularySize);
      look.accept(part);
    }
  }

  /** The end of the part that begins at a cell: its sequences must not be too many. */
  private static int endOfPart(int[] cells, int from, int end, int time) {
    int low = cells[from] / time;
    int high = low;
    for (int at = from + 1; at < end; at++) {
      low = Math.min(low, cells[at] / time);
      high = Math.max(high, cells[at] / time);
      if ((high - low + 1L) * time > MOST_POSITIONS) {
        return at;
      }
    }
    return end;
  }

  /** At cells that are near to each other: the policy gets the sequences between them alone. */
  private static NextTokens partOf(Policy policy, Sequences sequences, int[] cells) {
    int low = Arrays.stream(cells).min().orElseThrow() / sequences.time();
    int high = Arrays.stream(cells).max().orElseThrow() / sequences.time();
    int[] shifted = Arrays.stream(cells).map(cell -> cell - low * sequences.time()).toArray();
    return policy.nextTokens(sequences.slice(low, high + 1), shifted);
  }
}
