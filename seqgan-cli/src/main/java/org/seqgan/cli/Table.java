package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.core.terminal.Columns;

/** Text in columns, each as wide as its widest cell. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    add(headings);
  }

  Table add(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  void print(PrintWriter out) {
    Columns.align(rows).forEach(out::println);
  }
}
