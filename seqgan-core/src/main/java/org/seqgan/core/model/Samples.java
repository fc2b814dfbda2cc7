package org.seqgan.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.random.DrawTable;

/**
 * Sequences that are sampled side by side, from the start token on. Those that have ended leave the
 * batch, {@linkplain RowsUnderWay now and then}; where all have ended, nothing more is drawn.
 */
final class Samples {
  private final TensorBackend backend;
  private final StepFunction step;
  private final List<Integer> stateWidths;
  private final Vocabulary vocabulary;
  private final int time;

  /** {@code [count, T]}; what follows an end token is the end token. */
  private final int[] tokens;

  Samples(
      TensorBackend backend,
      StepFunction step,
      List<Integer> stateWidths,
      Vocabulary vocabulary,
      int count,
      int time) {
    this.backend = backend;
    this.step = step;
    this.stateWidths = stateWidths;
    this.vocabulary = vocabulary;
    this.time = time;
    this.tokens = new int[Sequences.size(count, time)];
    vocabulary.endToken().ifPresent(end -> Arrays.fill(tokens, end));
  }

  /** What has been sampled. */
  Sequences sequences() {
    return Sequences.ofSampled(tokens, time, vocabulary.endToken());
  }

  /** Samples the sequences {@code from} to {@code to} (exclusive) together. */
  void sample(int from, int to, TokenSampler sampler, DrawTable table) {
    try (TensorScope scope = backend.openScope()) {
      RowsUnderWay rows = new RowsUnderWay(scope, stateWidths, to - from);
      rows.state(scope, 0, to - from).forEach(state -> scope.fill(state, 0f));
      for (int row = from; row < to; row++) {
        rows.add(row);
      }
      int[] read = new int[to - from];
      Arrays.fill(read, vocabulary.startToken());
      int first = 0;
      while (first < time && rows.count() > 0) {
        int look = nextLook(first, rows.count());
        read = sample(rows, read, first, look, sampler, table);
        first = look;
      }
    }
  }

  /** The position before which to look which rows have ended. */
  private int nextLook(int first, int rows) {
    int look = first + 1;
    while (look < time && !RowsUnderWay.isWorthALook(vocabulary, (long) (look - first) * rows)) {
      look++;
    }
    return look;
  }

  /**
   * Draws some positions of all rows, and lets those leave that have ended.
   *
   * @param read the last tokens of the rows
   * @return the last tokens of those that stay
   */
  private int[] sample(
      RowsUnderWay rows, int[] read, int first, int end, TokenSampler sampler, DrawTable table) {
    int count = rows.count();
    try (TensorScope scope = backend.openScope()) {
      Optional<IntTensor> numbers = rows.numbers(scope);
      List<Tensor> state = rows.state(scope, 0, count);
      IntTensor drawn = scope.allocateInts((end - first) * count); // (positions, rows)
      IntTensor last = scope.ints(read, count);
      for (int t = first; t < end; t++) {
        IntTensor column = scope.rows(drawn, (t - first) * count, (t - first + 1) * count);
        try (TensorScope temporary = backend.openScope()) {
          Tensor hidden = step.step(temporary, last, state, t);
          long all = tokens.length / time;
          sampler.draw(
              temporary, hidden, rows.draws(temporary, table, t, all, count, numbers), column);
        }
        last = column;
      }
      int[] columns = scope.read(drawn);
      for (int at = 0; at < columns.length; at++) {
        tokens[rows.number(at % count) * time + first + at / count] = columns[at];
      }
      return end == time
          ? new int[0]
          : rows.leave(scope, columns, columns.length - count, vocabulary.endToken().getAsInt());
    }
  }
}
