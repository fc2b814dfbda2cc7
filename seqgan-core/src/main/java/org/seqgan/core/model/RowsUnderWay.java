package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomDraws;

/**
 * The rows of a batch that are being sampled, one below another, with their states. Each keeps its
 * number, which says what it draws: so a row that has ended may leave, and those that stay draw
 * what they would have drawn.
 *
 * <p>Which rows have ended stands in what was drawn, where the backend computes. To look at it is
 * to wait for the backend, and is worth it only {@linkplain #isWorthALook now and then}.
 */
final class RowsUnderWay {
  /**
   * So many logits take some time on a CPU, a millisecond, and on a GPU still several times as long
   * as a look.
   */
  private static final long LOGITS_WORTH_A_LOOK = 1L << 21;

  private final List<Tensor> state;
  private final int[] numbers;
  private int count;

  /** Whether the numbers follow one another. */
  private boolean unbroken = true;

  /**
   * None yet.
   *
   * @param scope of the states
   * @param stateWidths of the model
   * @param most how many there may be at one time
   */
  RowsUnderWay(TensorScope scope, List<Integer> stateWidths, int most) {
    this.state = stateWidths.stream().map(width -> scope.allocate(most, width)).toList();
    this.numbers = new int[most];
  }

  /** Whether it pays to look which rows have ended, after so many tokens. */
  static boolean isWorthALook(Vocabulary vocabulary, long tokens) {
    return vocabulary.endToken().isPresent() && tokens * vocabulary.size() >= LOGITS_WORTH_A_LOOK;
  }

  int count() {
    return count;
  }

  /** The number of the row that stands at an index. */
  int number(int index) {
    return numbers[index];
  }

  /** A row joins below the others; its state is for the caller to write. */
  void add(int number) {
    unbroken &= count == 0 || number == numbers[count - 1] + 1;
    numbers[count++] = number;
  }

  /** The states of the rows {@code from} to {@code to} (exclusive), {@code [to - from, width]}. */
  List<Tensor> state(TensorScope scope, int from, int to) {
    return state.stream().map(all -> scope.rows(all, from, to)).toList();
  }

  /**
   * What rows draw.
   *
   * @param which of the draws each row takes; without it, they take one after another
   */
  record Draws(RandomDraws draws, Optional<IntTensor> which) {}

  /** Where the numbers of all rows are kept for {@link #draws}; empty if they can do without. */
  Optional<IntTensor> numbers(TensorScope scope) {
    return unbroken
        ? Optional.empty()
        : Optional.of(scope.ints(Arrays.copyOf(numbers, count), count));
  }

  /**
   * Those of each group that are under way; groups of which none is are left out.
   *
   * @param groups of all rows, one below another
   * @param first the number of the first row of the first group
   * @param scope of where it is kept which they are
   */
  List<TableRows.UnderWay> of(List<TableRows> groups, int first, TensorScope scope) {
    List<TableRows.UnderWay> underWay = new ArrayList<>();
    int from = 0;
    int begin = first;
    for (TableRows group : groups) {
      int end = begin + group.count();
      int to = from;
      while (to < count && numbers[to] < end) {
        to++;
      }
      if (to > from) {
        int[] ofTable = new int[to - from];
        for (int row = from; row < to; row++) {
          ofTable[row - from] = group.numbers()[numbers[row] - begin];
        }
        Optional<IntTensor> which =
            followOneAnother(ofTable)
                ? Optional.empty()
                : Optional.of(scope.ints(ofTable, ofTable.length));
        underWay.add(new TableRows.UnderWay(group, from, to, ofTable[0], which));
      }
      from = to;
      begin = end;
    }
    return underWay;
  }

  private static boolean followOneAnother(int[] rows) {
    return IntStream.range(1, rows.length).allMatch(i -> rows[i] == rows[i - 1] + 1);
  }

  /**
   * What the first {@code rows} rows draw at a position.
   *
   * @param uploaded what {@link #numbers(TensorScope)} gave; rows may have joined before and since
   * @param all of how many rows there are draws
   */
  Draws draws(
      TensorScope scope,
      DrawTable table,
      int position,
      long all,
      int rows,
      Optional<IntTensor> uploaded) {
    return uploaded
        .map(
            which ->
                new Draws(table.column(position, 0, all), Optional.of(scope.rows(which, 0, rows))))
        .orElseGet(
            () ->
                new Draws(
                    table.column(position, numbers[0], numbers[0] + (long) rows),
                    Optional.empty()));
  }

  /**
   * Rows that have drawn the end token leave.
   *
   * @param drawn the last token of each row, from {@code at} on
   * @return the last tokens of those that stay
   */
  int[] leave(TensorScope temporary, int[] drawn, int at, int endToken) {
    int[] staying = new int[count];
    int[] tokens = new int[count];
    int stay = 0;
    for (int row = 0; row < count; row++) {
      if (drawn[at + row] != endToken) {
        staying[stay] = row;
        tokens[stay++] = drawn[at + row];
      }
    }
    if (stay < count && stay > 0) {
      IntTensor rows = temporary.ints(Arrays.copyOf(staying, stay), stay);
      for (Tensor all : state) {
        Tensor kept = temporary.gatherRows(temporary.rows(all, 0, count), rows);
        temporary.copy(kept, temporary.rows(all, 0, stay));
      }
    }
    unbroken &= stay == count;
    for (int row = 0; row < stay; row++) {
      numbers[row] = numbers[staying[row]];
    }
    count = stay;
    return Arrays.copyOf(tokens, stay);
  }
}
