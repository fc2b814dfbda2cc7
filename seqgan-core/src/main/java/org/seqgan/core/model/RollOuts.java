package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/**
 * Monte-Carlo search (Eq. 3): N completions of every prefix of a batch, all advancing together.
 *
 * <p>The batch itself is read once, step by step. After its s-th token, its state starts the N
 * copies of the prefixes of length s, which join the rows that began at shorter prefixes; then all
 * rows that have begun draw a token and read it. So there are T-1 steps in all, the s-th over
 * {@code s * N * B} rows, and no prefix is read twice.
 *
 * <p>Where the states of all rows would take more than the backend's budget, that is done for some
 * of the N copies after others, with the same draws: each token's depends on its row and position
 * alone.
 */
final class RollOuts {
  /** States are read, written and sampled from: beside them, as much again is in use for a step. */
  private static final int SHARE_OF_BUDGET = 2;

  /** Draws a token for each row of hidden states. */
  @FunctionalInterface
  interface Sampler {
    void draw(TensorScope temporary, Tensor hidden, RandomDraws draws, IntTensor out);
  }

  private final TensorBackend backend;
  private final StepFunction step;
  private final List<Integer> stateWidths;
  private final Sequences sequences;
  private final int copies;
  private final Vocabulary vocabulary;
  private final int steps;
  private final int rowsPerPrefix;

  RollOuts(
      TensorBackend backend,
      StepFunction step,
      List<Integer> stateWidths,
      Sequences sequences,
      int copies,
      Vocabulary vocabulary) {
    this.backend = backend;
    this.step = step;
    this.stateWidths = stateWidths;
    this.sequences = sequences;
    this.copies = copies;
    this.vocabulary = vocabulary;
    this.steps = sequences.time() - 1;
    ArraySize.of("roll-outs", copies, (long) steps * sequences.count(), Integer.BYTES);
    this.rowsPerPrefix = copies * sequences.count();
  }

  /**
   * The heap that roll-outs of a batch take for each copy: what is drawn, and a score of each
   * completion.
   */
  static long heapBytesOfACopy(int batch, int time) {
    long rows = ArraySize.times(batch, time - 1L);
    return ArraySize.times(rows, time / 2L + 1, Integer.BYTES);
  }

  /** The tensors of a batch of which every position is kept, and what a step needs beside them. */
  static long tensorBytes(long floatsOfAPosition, int batch, int time) {
    // Beside its state, a row keeps the tokens that it has drawn: one to T-1, so T/2 in the mean.
    long numbers = floatsOfAPosition + (time + 1) / 2;
    return ArraySize.times(numbers, Float.BYTES, batch, time, SHARE_OF_BUDGET);
  }

  Completions run(Sampler sampler, RandomStream stream) {
    int[][] drawn = new int[steps][];
    for (int s = 1; s <= steps; s++) {
      drawn[s - 1] = new int[s * rowsPerPrefix];
    }
    if (steps > 0) {
      DrawTable draws = stream.table((long) steps * rowsPerPrefix, sequences.time());
      int together = copiesTogether();
      for (int from = 0; from < copies; from += together) {
        new Part(from, Math.min(copies, from + together)).run(sampler, draws, drawn);
      }
    }
    return new Completions(sequences, copies, drawn, vocabulary.endToken());
  }

  /** How many copies of all prefixes fit the budget; at least one. */
  private int copiesTogether() {
    long bytes = tensorBytes(floatsOfAPosition(stateWidths), sequences.count(), steps);
    long fitting = backend.budgetBytes() / Math.max(1, bytes);
    return (int) Math.max(1, Math.min(copies, fitting));
  }

  /** The state of a sequence at one position, and the hidden state that is drawn from. */
  static long floatsOfAPosition(List<Integer> stateWidths) {
    long floats = stateWidths.isEmpty() ? 0 : stateWidths.get(0);
    for (int width : stateWidths) {
      floats += width;
    }
    return floats;
  }

  /** Some of the copies of every prefix. */
  private final class Part {
    private final int firstCopy;
    private final int copiesHere;

    /** How many rows of this part have the same prefix length. */
    private final int width;

    Part(int firstCopy, int end) {
      this.firstCopy = firstCopy;
      this.copiesHere = end - firstCopy;
      this.width = copiesHere * sequences.count();
    }

    void run(Sampler sampler, DrawTable draws, int[][] drawn) {
      try (TensorScope scope = backend.openScope()) {
        List<Tensor> batchState = new ArrayList<>();
        List<Tensor> state = new ArrayList<>();
        for (int stateWidth : stateWidths) {
          batchState.add(scope.zeros(sequences.count(), stateWidth));
          state.add(scope.allocate(steps * width, stateWidth));
        }
        int[] start = new int[sequences.count()];
        Arrays.fill(start, vocabulary.startToken());
        Tensor allHidden;
        try (TensorScope temporary = backend.openScope()) {
          Tensor hidden = step.step(temporary, temporary.ints(start, start.length), batchState);
          allHidden = scope.allocate(steps * width, hidden.dim(1));
        }
        IntTensor prefixes = // (time, batch)
            scope.ints(columns(), sequences.time(), sequences.count());
        IntTensor allTokens = scope.allocateInts(firstToken(steps + 1));
        for (int s = 1; s <= steps; s++) {
          int begun = (s - 1) * width;
          int rows = s * width;
          try (TensorScope temporary = backend.openScope()) {
            IntTensor read =
                temporary.reshape(temporary.rows(prefixes, s - 1, s), sequences.count());
            Tensor prefixHidden = step.step(temporary, read, batchState);
            for (int i = 0; i < state.size(); i++) {
              repeatBelow(temporary, batchState.get(i), state.get(i), begun);
            }
            repeatBelow(temporary, prefixHidden, allHidden, begun);
            IntTensor tokens = temporary.rows(allTokens, firstToken(s), firstToken(s + 1));
            draw(temporary, sampler, draws, s, allHidden, tokens);
            if (s < steps) {
              List<Tensor> active =
                  state.stream().map(all -> temporary.rows(all, 0, rows)).toList();
              Tensor hidden = step.step(temporary, tokens, active);
              temporary.copy(hidden, temporary.rows(allHidden, 0, rows));
            }
          }
        }
        int[] tokens = scope.read(allTokens);
        for (int s = 1; s <= steps; s++) {
          store(tokens, firstToken(s), drawn[s - 1]);
        }
      }
    }

    /**
     * Where the tokens at a position begin among all that are drawn: those before have 1 to s-1.
     */
    private int firstToken(int s) {
      return Math.multiplyExact(s * (s - 1) / 2, width);
    }

    /** Draws the token at position s for all rows that have begun. */
    private void draw(
        TensorScope temporary,
        Sampler sampler,
        DrawTable draws,
        int s,
        Tensor allHidden,
        IntTensor tokens) {
      // The rows of one prefix length follow one another among all rows; all copies together do
      // too.
      int groups = copiesHere == copies ? 1 : s;
      int length = s * width / groups;
      for (int group = 0; group < groups; group++) {
        int from = group * length;
        long first = rowOfAll(group);
        sampler.draw(
            temporary,
            temporary.rows(allHidden, from, from + length),
            draws.column(s, first, first + length),
            temporary.rows(tokens, from, from + length));
      }
    }

    /** Where the rows of this part with a prefix of {@code group + 1} tokens begin among all. */
    private int rowOfAll(int group) {
      return group * rowsPerPrefix + firstCopy * sequences.count();
    }

    private void store(int[] tokens, int first, int[] all) {
      for (int group = 0; group * rowsPerPrefix < all.length; group++) {
        System.arraycopy(tokens, first + group * width, all, rowOfAll(group), width);
      }
    }

    /** Repeats {@code [B, width]} for each copy below the rows that have begun. */
    private void repeatBelow(TensorScope temporary, Tensor prefix, Tensor all, int begun) {
      temporary.repeatRows(prefix, copiesHere, temporary.rows(all, begun, begun + width));
    }
  }

  /** The batch position by position, {@code [T, B]}. */
  private int[] columns() {
    int[] columns = new int[sequences.tokens().length];
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.time(); t++) {
        columns[t * sequences.count() + i] = sequences.token(i, t);
      }
    }
    return columns;
  }
}
