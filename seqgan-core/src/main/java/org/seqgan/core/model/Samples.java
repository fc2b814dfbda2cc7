package org.seqgan.core.model;

import java.util.Arrays;
import java.util.List;
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
    sample(from, List.of(TableRows.of(from, to, sampler, table)));
  }

  /**
   * Samples sequences together.
   *
   * @param from the first
   * @param groups they, from there on
   */
  void sample(int from, List<TableRows> groups) {
    int count = groups.stream().mapToInt(TableRows::count).sum();
    try (TensorScope scope = backend.openScope()) {
      RowsUnderWay rows = new RowsUnderWay(scope, stateWidths, count);
      rows.state(scope, 0, count).forEach(state -> scope.fill(state, 0f));
      for (int row = from; row < from + count; row++) {
        rows.add(row);
      }
      int[] read = new int[count];
      Arrays.fill(read, vocabulary.startToken());
      int first = 0;
      while (first < time && rows.count() > 0) {
        int look = nextLook(first, rows.count());
        read = sample(rows, read, first, look, from, groups);
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
   * @param from the first row of the first group
   * @return the last tokens of those that stay
   */
  private int[] sample(
      RowsUnderWay rows, int[] read, int first, int end, int from, List<TableRows> groups) {
    int count = rows.count();
    try (TensorScope scope = backend.openScope()) {
      List<TableRows.UnderWay> underWay = rows.of(groups, from, scope);
      List<Tensor> state = rows.state(scope, 0, count);
      IntTensor drawn = scope.allocateInts((end - first) * count); // (positions, rows)
      IntTensor last = scope.ints(read, count);
      for (int t = first; t < end; t++) {
        IntTensor column = scope.rows(drawn, (t - first) * count, (t - first + 1) * count);
        try (TensorScope temporary = backend.openScope()) {
          Tensor hidden = step.step(temporary, last, state, t);
          for (TableRows.UnderWay group : underWay) {
            group.draw(temporary, hidden, t, column);
          }
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
