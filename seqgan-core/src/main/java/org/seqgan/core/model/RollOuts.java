package org.seqgan.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
import org.seqgan.api.random.RandomStream;

/**
 * Monte-Carlo search (Eq. 3): N completions of every prefix of a batch, all advancing together.
 *
 * <p>The batch itself is read once, step by step. After its s-th token, its state starts the N
 * copies of the prefixes of length s, which join the rows that began at shorter prefixes; then all
 * rows that have begun draw a token and read it. So there are T-1 steps in all, the s-th over at
 * most {@code s * N * B} rows, and no prefix is read twice.
 *
 * <p>A prefix that has ended starts nothing, and a completion that has ended leaves the others,
 * {@linkplain RowsUnderWay now and then}: what is drawn is about what counts.
 *
 * <p>Where the states of all rows would take more than the backend's budget, that is done for some
 * of the N copies after others, with the same draws: each token's depends on its row and position
 * alone.
 */
final class RollOuts {
  /** States are read, written and sampled from: beside them, as much again is in use for a step. */
  private static final int SHARE_OF_BUDGET = 2;

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

  /** The draws of all completions: {@code rowsPerPrefix} of each prefix. */
  static DrawTable draws(RandomStream stream, int rowsPerPrefix, int time) {
    return stream.table((time - 1L) * rowsPerPrefix, time);
  }

  /** The row of those draws that one of the completions of the prefixes of some length takes. */
  static int number(int prefixLength, int completion, int rowsPerPrefix) {
    return (prefixLength - 1) * rowsPerPrefix + completion;
  }

  Completions run(TokenSampler sampler, RandomStream stream) {
    int[][] drawn = new int[steps][];
    for (int s = 1; s <= steps; s++) {
      int[] tokens = new int[s * rowsPerPrefix];
      vocabulary.endToken().ifPresent(end -> Arrays.fill(tokens, end));
      drawn[s - 1] = tokens;
    }
    if (steps > 0) {
      DrawTable draws = draws(stream, rowsPerPrefix, sequences.time());
      int together = copiesTogether();
      for (int from = 0; from < copies; from += together) {
        runPart(from, Math.min(copies, from + together), sampler, draws, drawn);
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

  /** The sequences whose prefix of {@code s} tokens has not ended, in their order. */
  private int[] goingOn(int s) {
    boolean some = vocabulary.endToken().isPresent();
    return IntStream.range(0, sequences.count())
        .filter(b -> !some || sequences.length(b) > s)
        .toArray();
  }

  private void runPart(
      int firstCopy, int end, TokenSampler sampler, DrawTable draws, int[][] drawn) {
    try (TensorScope scope = backend.openScope()) {
      new Part(scope, firstCopy, end - firstCopy, sampler, draws, drawn).run();
    }
  }

  /** Some of the copies of every prefix. */
  private final class Part {
    private final int firstCopy;
    private final int copiesHere;
    private final TokenSampler sampler;
    private final DrawTable draws;
    private final int[][] drawn;

    /** What the batch has read, {@code [B, width]} each. */
    private final List<Tensor> batchState;

    /** {@code [T, B]}. */
    private final IntTensor prefixes;

    private final RowsUnderWay rows;

    /** What the rows draw from, {@code [most, H]}. */
    private final Tensor allHidden;

    Part(
        TensorScope scope,
        int firstCopy,
        int copiesHere,
        TokenSampler sampler,
        DrawTable draws,
        int[][] drawn) {
      this.firstCopy = firstCopy;
      this.copiesHere = copiesHere;
      this.sampler = sampler;
      this.draws = draws;
      this.drawn = drawn;
      this.batchState =
          stateWidths.stream().map(width -> scope.zeros(sequences.count(), width)).toList();
      this.prefixes = scope.ints(columns(), sequences.time(), sequences.count());
      int most = 0;
      for (int s = 1; s <= steps; s++) {
        most += goingOn(s).length * copiesHere;
      }
      this.rows = new RowsUnderWay(scope, stateWidths, most);
      int[] start = new int[sequences.count()];
      Arrays.fill(start, vocabulary.startToken());
      try (TensorScope temporary = backend.openScope()) {
        Tensor hidden = step.step(temporary, temporary.ints(start, start.length), batchState, 0);
        this.allHidden = scope.allocate(most, hidden.dim(1));
      }
    }

    void run() {
      int first = 1;
      while (first <= steps && goingOn(first).length + rows.count() > 0) {
        int look = nextLook(first);
        run(first, look);
        first = look;
      }
    }

    /** The step before which to look which rows have ended. */
    private int nextLook(int first) {
      int count = rows.count();
      long tokens = 0;
      for (int s = first; s <= steps; s++) {
        count += goingOn(s).length * copiesHere;
        tokens += count;
        if (RowsUnderWay.isWorthALook(vocabulary, tokens)) {
          return s + 1;
        }
      }
      return steps + 1;
    }

    /** Takes some steps, and lets those leave that have ended. */
    private void run(int first, int end) {
      int[] counts = new int[end - first]; // the rows of each step
      int all = 0;
      for (int s = first; s < end; s++) {
        begin(s);
        counts[s - first] = rows.count();
        all = Math.addExact(all, rows.count());
      }
      try (TensorScope window = backend.openScope()) {
        IntTensor tokens = window.allocateInts(all);
        Optional<IntTensor> numbers = rows.numbers(window);
        int at = 0;
        for (int s = first; s < end; s++) {
          int count = counts[s - first];
          try (TensorScope temporary = backend.openScope()) {
            startPrefixes(temporary, s, count);
            IntTensor now = temporary.rows(tokens, at, at + count);
            draw(temporary, s, now, numbers);
            if (s + 1 < end) {
              read(temporary, now, s + 1);
            }
          }
          at += count;
        }
        int[] read = window.read(tokens);
        store(read, first, counts);
        if (end <= steps) {
          int endToken = vocabulary.endToken().orElseThrow();
          int[] staying = rows.leave(window, read, read.length - rows.count(), endToken);
          read(window, window.ints(staying, staying.length), end);
        }
      }
    }

    /** The copies of the prefixes of {@code s} tokens join. */
    private void begin(int s) {
      int[] sequencesHere = goingOn(s);
      for (int copy = firstCopy; copy < firstCopy + copiesHere; copy++) {
        int firstNumber = number(s, copy * sequences.count(), rowsPerPrefix);
        for (int b : sequencesHere) {
          rows.add(firstNumber + b);
        }
      }
    }

    /**
     * The batch reads its token at position {@code s - 1}; the states of those that go on begin the
     * last of the first {@code end} rows.
     */
    private void startPrefixes(TensorScope temporary, int s, int end) {
      IntTensor read = temporary.reshape(temporary.rows(prefixes, s - 1, s), sequences.count());
      Tensor hidden = step.step(temporary, read, batchState, s);
      int[] goOn = goingOn(s);
      if (goOn.length == 0) {
        return;
      }
      UnaryOperator<Tensor> chosen = UnaryOperator.identity();
      if (goOn.length < sequences.count()) {
        IntTensor which = temporary.ints(goOn, goOn.length);
        chosen = ofBatch -> temporary.gatherRows(ofBatch, which);
      }
      int begun = end - goOn.length * copiesHere;
      List<Tensor> states = rows.state(temporary, begun, end);
      for (int i = 0; i < states.size(); i++) {
        temporary.repeatRows(chosen.apply(batchState.get(i)), copiesHere, states.get(i));
      }
      temporary.repeatRows(chosen.apply(hidden), copiesHere, temporary.rows(allHidden, begun, end));
    }

    private void draw(TensorScope temporary, int s, IntTensor tokens, Optional<IntTensor> numbers) {
      int count = tokens.size();
      if (count > 0) {
        sampler.draw(
            temporary,
            temporary.rows(allHidden, 0, count),
            rows.draws(temporary, draws, s, s * (long) rowsPerPrefix, count, numbers),
            tokens);
      }
    }

    /** All rows read their tokens; those of {@code position} are drawn next. */
    private void read(TensorScope temporary, IntTensor tokens, int position) {
      int count = tokens.size();
      if (count > 0) {
        Tensor hidden = step.step(temporary, tokens, rows.state(temporary, 0, count), position);
        temporary.copy(hidden, temporary.rows(allHidden, 0, count));
      }
    }

    private void store(int[] tokens, int first, int[] counts) {
      int at = 0;
      for (int i = 0; i < counts.length; i++) {
        int[] all = drawn[first + i - 1];
        for (int row = 0; row < counts[i]; row++) {
          all[rows.number(row)] = tokens[at++];
        }
      }
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
