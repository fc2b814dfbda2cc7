package org.seqgan.api.random;

/**
 * Draws laid out {@code [row, column]}: one row a sequence, one column a time step. Which number a
 * token gets depends on its row and column alone, however the rows are cut into batches.
 *
 * @param key identifies the stream
 * @param first the counter of row 0, column 0
 * @param columns how many columns a row has, at least 1
 */
public record DrawTable(long key, long first, int columns) {
  /** Checks the layout. */
  public DrawTable {
    if (first < 0 || columns < 1) {
      throw new IllegalArgumentException("a table of draws needs first >= 0 and columns >= 1");
    }
  }

  /** The draws of one column for the rows {@code from} to {@code to} (exclusive). */
  public RandomDraws column(int column, long from, long to) {
    if (column < 0 || column >= columns || from < 0 || to < from) {
      throw new IndexOutOfBoundsException(
          "column " + column + " of " + columns + ", rows " + from + " to " + to);
    }
    return new RandomDraws(
        key, first + from * columns + column, columns, Math.toIntExact(to - from));
  }
}
