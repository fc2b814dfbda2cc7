package org.seqgan.core.terminal;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.Printable;

/** Rows of cells as lines of text, each column as wide as its widest cell. */
public final class Columns {
  private static final int GAP = 2;

  private Columns() {}

  /**
   * Lays rows out.
   *
   * @param rows of as many cells each
   * @return a line for each row, without blanks at its end
   */
  public static List<String> align(List<List<String>> rows) {
    List<List<String>> shown =
        rows.stream().map(row -> row.stream().map(Printable::line).toList()).toList();
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < shown.get(0).size(); column++) {
      int at = column;
      widths.add(shown.stream().mapToInt(row -> DisplayWidth.of(row.get(at))).max().orElse(0));
    }
    return shown.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(DisplayWidth.pad(row.get(column), widths.get(column) + GAP));
    }
    return line.toString().stripTrailing();
  }
}
