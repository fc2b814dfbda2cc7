package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;

/**
 * What of the files becomes a text.
 *
 * @param unit lines or paragraphs of plain text; of a table always lines, which are its records
 * @param table the column of a table; empty for plain text
 */
record TextLayout(TextUnit unit, Optional<Column> table) {

  /**
   * A column of a table.
   *
   * @param format of a table
   * @param name of the column, or its number, counted from 1
   * @param header whether the first record of each file has the names of the columns
   */
  record Column(TextFormat format, String name, boolean header) {
    /** One line: what is read. */
    String description() {
      return "column %s of a table (%s%s)"
          .formatted(
              name,
              format.word(),
              format == TextFormat.JSON_LINES
                  ? ""
                  : header ? ", the first record is its header" : ", without a header");
    }
  }

  /** Plain text. */
  static TextLayout plain(TextUnit unit) {
    return new TextLayout(unit, Optional.empty());
  }

  /** A column of a table. */
  static TextLayout of(Column column) {
    return new TextLayout(TextUnit.LINES, Optional.of(column));
  }

  /**
   * What options say.
   *
   * @param files at least one; the first is looked at where the options leave the format open
   * @throws UserException (configuration) if a column is missing, or if the format has to be told
   */
  static TextLayout of(TextOptions options, List<Path> files) {
    TextFormat format = format(options, files.get(0));
    if (format == TextFormat.TEXT) {
      return plain(options.unit());
    }
    String name = options.column().orElseThrow(() -> noColumn(format, files.get(0)));
    return of(new Column(format, name, options.header()));
  }

  private static TextFormat format(TextOptions options, Path first) {
    if (options.format() != TextFormat.AUTO) {
      return options.format();
    }
    if (options.column().isEmpty()) {
      return TextFormat.TEXT;
    }
    return TableLook.at(first)
        .map(TableLook::format)
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.CONFIGURATION,
                    "%s: expected a table, since task.column is '%s', and cannot tell which from its name and first lines; choose task.format, such as csv or json-lines"
                        .formatted(first, options.column().orElseThrow())));
  }

  private static UserException noColumn(TextFormat format, Path first) {
    return new UserException(
        UserException.Kind.CONFIGURATION,
        "%s: task.format is %s, expected a column of it in task.column%s"
            .formatted(
                first,
                format.word(),
                TableLook.at(first).map(look -> ", one of " + look.columnList()).orElse("")));
  }

  /**
   * A line about files that look like a table where nobody said what they are.
   *
   * @param options that led to this layout
   * @param files at least one; the first is looked at
   */
  Optional<String> warning(TextOptions options, List<Path> files) {
    return options.format() == TextFormat.AUTO && table.isEmpty()
        ? TableLook.at(files.get(0)).map(TextLayout::warning)
        : Optional.empty();
  }

  private static String warning(TableLook look) {
    return "looks like %s, and is read as lines of text; choose a column with task.column, or say task.format=text"
        .formatted(look.description());
  }

  /** What a text is, in the singular. */
  String word() {
    return table.isPresent() ? "record" : unit.word();
  }
}
