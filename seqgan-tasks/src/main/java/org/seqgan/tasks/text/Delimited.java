package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;

/**
 * Takes the records of a delimited file apart into fields, as RFC 4180 says (section 2): a field
 * may stand in quotes, and then have delimiters, line breaks and, doubled, quotes in it; spaces
 * belong to a field; all records have as many fields as the first. Strict: what the rules do not
 * allow is an error with its place. Lines without a character between records are passed over. Of
 * one file; not thread-safe.
 */
final class Delimited {
  private static final int OPEN = -1;

  private final char delimiter;
  private final boolean quotes;
  private final Consumer<Row> sink;
  private final StringBuilder quoted = new StringBuilder();
  private List<String> fields = new ArrayList<>();
  private Line start = new Line("", 0, ""); // of the record
  private boolean isOpen; // a quote is
  private int width; // fields of a record
  private int firstLine;

  /**
   * A reader.
   *
   * @param quotes whether quotation marks have the meaning that RFC 4180 gives them
   * @param sink gets each record once, in order
   */
  Delimited(char delimiter, boolean quotes, Consumer<Row> sink) {
    this.delimiter = delimiter;
    this.quotes = quotes;
    this.sink = sink;
  }

  /** A reader for a format of delimited fields. */
  static Delimited of(TextFormat format, Consumer<Row> sink) {
    return switch (format) {
      case CSV -> new Delimited(',', true, sink);
      case CSV_SEMICOLON -> new Delimited(';', true, sink);
      case TSV -> new Delimited('\t', true, sink);
      case TSV_UNQUOTED -> new Delimited('\t', false, sink);
      case AUTO, TEXT, JSON_LINES -> throw new IllegalArgumentException(format + " has no fields");
    };
  }

  /**
   * A record.
   *
   * @param start its first line
   * @param fields at least one
   */
  record Row(Line start, List<String> fields) {
    /** Copies the list. */
    public Row {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Takes the next line.
   *
   * @return false if it is passed over, since nothing is in it
   * @throws UserException (data) if it is not as the rules say
   */
  boolean accept(Line line) {
    if (!isOpen) {
      start = line;
      if (line.text().isEmpty()) {
        return false;
      }
    }
    int at = isOpen ? restOfQuoted(line, 0) : field(line, 0);
    while (at != OPEN && at < line.text().length()) {
      at = field(line, at + 1);
    }
    if (at != OPEN) {
      finishRow();
    }
    return true;
  }

  /**
   * Says that there are no more lines.
   *
   * @throws UserException (data) if a quote is open
   */
  void finish() {
    if (isOpen) {
      throw error(
          start, "a field begins with a quote here that is not closed before the file ends");
    }
  }

  /** Takes a field; returns where it ends, or {@link #OPEN} if it goes on in the next line. */
  private int field(Line line, int from) {
    String text = line.text();
    if (quotes && text.startsWith("\"", from)) {
      return restOfQuoted(line, from + 1);
    }
    int delimited = text.indexOf(delimiter, from);
    int end = delimited < 0 ? text.length() : delimited;
    int quote = quotes ? text.indexOf('"', from) : -1;
    if (quote >= 0 && quote < end) {
      throw error(line, quote, "a quote within a field that has none around it");
    }
    fields.add(text.substring(from, end));
    return end;
  }

  private int restOfQuoted(Line line, int from) {
    String text = line.text();
    if (isOpen) {
      quoted.append('\n');
    }
    isOpen = true;
    for (int i = from; i < text.length(); i++) {
      boolean isQuote = text.charAt(i) == '"';
      if (isQuote && !text.startsWith("\"", i + 1)) {
        return close(line, i + 1);
      }
      quoted.append(text.charAt(i));
      i += isQuote ? 1 : 0;
    }
    if (quoted.length() > TextLines.MAXIMUM_BYTES) {
      throw error(
          start,
          "a field begins with a quote here that is not closed within %d characters"
              .formatted(TextLines.MAXIMUM_BYTES));
    }
    return OPEN;
  }

  private int close(Line line, int end) {
    if (end < line.text().length() && line.text().charAt(end) != delimiter) {
      throw error(line, end, "text behind the quote that closes a field");
    }
    fields.add(quoted.toString());
    quoted.setLength(0);
    isOpen = false;
    return end;
  }

  private void finishRow() {
    Row row = new Row(start, fields);
    fields = new ArrayList<>();
    if (width == 0) {
      width = row.fields.size();
      firstLine = start.number();
    }
    if (row.fields.size() != width) {
      throw error(
          start,
          "%s, expected %d as in line %d".formatted(count(row.fields.size()), width, firstLine));
    }
    sink.accept(row);
  }

  private static String count(int fields) {
    return fields == 1 ? "1 field" : fields + " fields";
  }

  private static UserException error(Line line, int at, String found) {
    return new UserException(
        UserException.Kind.DATA,
        "%s, column %d: %s; expected a table by the rules of RFC 4180"
            .formatted(line.place(), line.text().codePointCount(0, at) + 1, found));
  }

  private static UserException error(Line line, String found) {
    return new UserException(UserException.Kind.DATA, line.place() + ": " + found);
  }
}
