package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.DrawTable;

/**
 * Rows of a batch, one below another, that take their draws from one table and in one way.
 *
 * @param numbers the row of the table that each takes
 * @param beginning the tokens that are not drawn but given
 * @param sampler draws the others
 * @param table what it draws
 */
record TableRows(int[] numbers, List<Integer> beginning, TokenSampler sampler, DrawTable table) {
  /**
   * Rows of which nothing is given, which take those of a table from one to another (exclusive).
   */
  static TableRows of(int from, int to, TokenSampler sampler, DrawTable table) {
    return new TableRows(IntStream.range(from, to).toArray(), List.of(), sampler, table);
  }

  int count() {
    return numbers.length;
  }

  /** The rows {@code from} to {@code to} (exclusive) of these. */
  private TableRows slice(int from, int to) {
    return new TableRows(Arrays.copyOfRange(numbers, from, to), beginning, sampler, table);
  }

  /** Cuts groups into batches of at most so many rows, in their order. */
  static List<List<TableRows>> batches(List<TableRows> groups, int mostRows) {
    List<List<TableRows>> batches = new ArrayList<>();
    int room = 0;
    for (TableRows group : groups) {
      for (int from = 0; from < group.count(); ) {
        if (room == 0) {
          batches.add(new ArrayList<>());
          room = mostRows;
        }
        int to = Math.min(group.count(), from + room);
        batches.get(batches.size() - 1).add(group.slice(from, to));
        room -= to - from;
        from = to;
      }
    }
    return batches;
  }

  /**
   * Those of them that are under way, until the next look which have ended.
   *
   * @param rows of which they are
   * @param from where they begin among all rows that are under way
   * @param to where they stop
   * @param first the row of the table that the first takes
   * @param which the rows of the table that they take, where one does not follow another
   */
  record UnderWay(TableRows rows, int from, int to, int first, Optional<IntTensor> which) {
    /**
     * Draws the tokens of a position, or writes those that are given.
     *
     * @param hidden of all rows that are under way, {@code [n, H]}
     * @param column the tokens of all, {@code [n]}
     */
    void draw(TensorScope temporary, Tensor hidden, int position, IntTensor column) {
      IntTensor out = temporary.rows(column, from, to);
      if (position < rows.beginning.size()) {
        int[] given = new int[to - from];
        Arrays.fill(given, rows.beginning.get(position));
        temporary.backend().write(given, out);
      } else {
        rows.sampler.draw(temporary, temporary.rows(hidden, from, to), draws(position), out);
      }
    }

    private RowsUnderWay.Draws draws(int position) {
      DrawTable table = rows.table;
      if (which.isEmpty()) {
        return new RowsUnderWay.Draws(
            table.column(position, first, (long) first + (to - from)), which);
      }
      long all = 1L + Arrays.stream(rows.numbers).max().getAsInt();
      return new RowsUnderWay.Draws(table.column(position, 0, all), which);
    }
  }
}
