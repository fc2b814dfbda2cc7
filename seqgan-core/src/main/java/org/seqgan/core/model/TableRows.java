package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.DrawTable;

/**
 * Rows of a batch, one below another, that take their draws from one table and in one way.
 *
 * @param count how many
 * @param beginning the tokens that are not drawn but given
 * @param sampler draws the others
 * @param table what it draws
 * @param first the row of the table that the first of them takes; the others take those below it
 */
record TableRows(
    int count, List<Integer> beginning, TokenSampler sampler, DrawTable table, int first) {
  /** Rows of which nothing is given, which take a table from its first row on. */
  static TableRows of(int count, TokenSampler sampler, DrawTable table) {
    return new TableRows(count, List.of(), sampler, table, 0);
  }

  /** The rows {@code from} to {@code to} (exclusive) of these. */
  TableRows slice(int from, int to) {
    return new TableRows(to - from, beginning, sampler, table, first + from);
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
   * @param number the row of the table that the first takes
   * @param which the rows of the table that they take, where some between them have left
   */
  record UnderWay(TableRows rows, int from, int to, int number, Optional<IntTensor> which) {
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
      return which.isPresent()
          ? new RowsUnderWay.Draws(
              rows.table.column(position, 0, (long) rows.first + rows.count), which)
          : new RowsUnderWay.Draws(
              rows.table.column(position, number, (long) number + (to - from)), Optional.empty());
    }
  }
}
