package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;

/**
 * What table a file is, as far as its name and its first lines tell. A guess, for {@code seqgan
 * init} to say and for its configuration to hold; where it is wrong, the strict reader says so. The
 * rules:
 *
 * <ul>
 *   <li>JSON lines, where each line is an object.
 *   <li>A name that ends in {@code .csv}, {@code .tsv} or {@code .tab}: the delimiter that gives
 *       every record the same number of fields, at least two, or one where fields stand in quotes.
 *   <li>Any other name: the same in at least eight records. Commas and semicolons occur in prose
 *       too: they need quotes around some field, or a column of numbers.
 *   <li>The first record is a header where its fields differ, none is empty or a number, and below
 *       one of them there are numbers alone, or text that is twice as long.
 * </ul>
 *
 * @param format of a table
 * @param header whether the first record has the names of the columns
 * @param columns their names, or their numbers where there is no header
 * @param column the one with the longest texts; of JSON lines, of those that are strings everywhere
 * @param length of those, on average, in characters
 */
record TableLook(
    TextFormat format, boolean header, List<String> columns, String column, double length) {
  private static final int LINES = 200;
  private static final int FEWEST_RECORDS = 8;
  private static final int MOST_COLUMNS_SHOWN = 20;
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[-+]?[0-9]*[.,]?[0-9]+([eE][-+]?[0-9]+)?\\s*");

  TableLook {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at a file.
   *
   * @return empty if it does not look like a table
   * @throws UserException (data) if its first lines are not text
   */
  static Optional<TableLook> at(Path file) {
    List<Line> lines = TextLines.first(file, LINES);
    Optional<TableLook> objects = objects(lines);
    if (objects.isPresent()) {
      return objects;
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return delimited(lines, true, TextFormat.CSV, TextFormat.CSV_SEMICOLON, TextFormat.TSV);
    }
    if (name.endsWith(".tsv") || name.endsWith(".tab")) {
      return delimited(lines, true, TextFormat.TSV, TextFormat.TSV_UNQUOTED);
    }
    return delimited(
        lines,
        false,
        TextFormat.TSV,
        TextFormat.TSV_UNQUOTED,
        TextFormat.CSV,
        TextFormat.CSV_SEMICOLON);
  }

  /** Whether a file that is no table looks like one document of JSON, by its name and beginning. */
  static boolean isJsonDocument(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json")
        && TextLines.first(file, LINES).stream()
            .filter(line -> !line.isBlank())
            .findFirst()
            .filter(line -> line.text().strip().matches("[\\[{].*"))
            .isPresent();
  }

  private static Optional<TableLook> objects(List<Line> lines) {
    List<Map<String, JsonLine.Value>> objects = new ArrayList<>();
    for (Line line : lines) {
      if (line.isBlank()) {
        continue;
      }
      if (!line.text().stripLeading().startsWith("{")) {
        return Optional.empty();
      }
      try {
        objects.add(JsonLine.parse(line));
      } catch (UserException e) {
        return Optional.empty();
      }
    }
    List<String> names =
        objects.stream().flatMap(object -> object.keySet().stream()).distinct().toList();
    return names.stream()
        .filter(name -> objects.stream().allMatch(object -> isString(object, name)))
        .max(Comparator.comparingDouble(name -> length(objects, name)))
        .map(
            longest ->
                new TableLook(
                    TextFormat.JSON_LINES, true, names, longest, length(objects, longest)));
  }

  private static boolean isString(Map<String, JsonLine.Value> object, String name) {
    JsonLine.Value value = object.get(name);
    return value != null && (value.text().isPresent() || value.isNull());
  }

  private static double length(List<Map<String, JsonLine.Value>> objects, String name) {
    return objects.stream()
        .flatMap(object -> Optional.ofNullable(object.get(name)).stream())
        .mapToInt(value -> value.text().orElse("").length())
        .average()
        .orElse(0);
  }

  private static Optional<TableLook> delimited(
      List<Line> lines, boolean named, TextFormat... formats) {
    for (TextFormat format : formats) {
      Optional<List<List<String>>> rows = rows(format, lines);
      if (rows.isPresent() && isTable(format, rows.get(), lines, named)) {
        return Optional.of(of(format, rows.get()));
      }
    }
    return Optional.empty();
  }

  /** Empty if the lines are not records of this format. */
  private static Optional<List<List<String>>> rows(TextFormat format, List<Line> lines) {
    List<List<String>> rows = new ArrayList<>();
    Delimited delimited = Delimited.of(format, row -> rows.add(row.fields()));
    try {
      lines.forEach(delimited::accept);
      if (lines.size() < LINES) {
        delimited.finish();
      }
      return Optional.of(rows);
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  private static boolean isTable(
      TextFormat format, List<List<String>> rows, List<Line> lines, boolean named) {
    if (rows.size() < (named ? 2 : FEWEST_RECORDS)) {
      return false;
    }
    boolean quoted =
        lines.stream().anyMatch(line -> line.text().startsWith("\""))
            || lines.stream().anyMatch(line -> line.text().contains(delimiter(format) + "\""));
    boolean oneColumn = rows.get(0).size() == 1;
    if (named || oneColumn) {
      return named && (!oneColumn || quoted);
    }
    boolean tabs = format == TextFormat.TSV || format == TextFormat.TSV_UNQUOTED;
    return tabs || quoted || hasNumbers(rows);
  }

  private static String delimiter(TextFormat format) {
    return switch (format) {
      case CSV -> ",";
      case CSV_SEMICOLON -> ";";
      default -> "\t";
    };
  }

  private static boolean hasNumbers(List<List<String>> rows) {
    return columnsOf(rows).anyMatch(column -> areNumbers(rows, column));
  }

  private static IntStream columnsOf(List<List<String>> rows) {
    return IntStream.range(0, rows.get(0).size());
  }

  /** Below the first record. */
  private static boolean areNumbers(List<List<String>> rows, int column) {
    return rows.stream().skip(1).allMatch(row -> isNumber(row.get(column)));
  }

  private static boolean isNumber(String field) {
    return NUMBER.matcher(field).matches();
  }

  private static TableLook of(TextFormat format, List<List<String>> rows) {
    boolean header = hasHeader(rows);
    List<String> first = rows.get(0);
    int longest =
        columnsOf(rows)
            .boxed()
            .max(Comparator.comparingDouble(column -> length(rows, column)))
            .orElseThrow();
    String number = String.valueOf(longest + 1);
    return new TableLook(
        format,
        header,
        header ? first : columnsOf(rows).mapToObj(column -> String.valueOf(column + 1)).toList(),
        header ? first.get(longest).strip() : number,
        length(rows, longest));
  }

  private static boolean hasHeader(List<List<String>> rows) {
    List<String> first = rows.get(0);
    boolean names =
        new HashSet<>(first).size() == first.size()
            && first.stream().noneMatch(name -> name.isBlank() || isNumber(name));
    return names
        && columnsOf(rows)
            .anyMatch(
                column ->
                    areNumbers(rows, column)
                        || length(rows, column) >= 2.0 * first.get(column).length());
  }

  /** The average length of the fields below the first record. */
  private static double length(List<List<String>> rows, int column) {
    return rows.stream()
        .skip(1)
        .mapToInt(row -> isNumber(row.get(column)) ? 0 : row.get(column).length())
        .average()
        .orElse(0);
  }

  /** The columns in one line. */
  String columnList() {
    String shown = String.join(", ", columns.stream().limit(MOST_COLUMNS_SHOWN).toList());
    return columns.size() > MOST_COLUMNS_SHOWN
        ? "%s and %d more".formatted(shown, columns.size() - MOST_COLUMNS_SHOWN)
        : shown;
  }

  /** What it looks like. */
  String description() {
    return "a table (%s%s) with the columns %s"
        .formatted(format.word(), header ? "" : ", without a header", columnList());
  }

  /** What to read of it, unless something else is wanted. */
  TextLayout layout() {
    return TextLayout.of(new TextLayout.Column(format, column, header));
  }
}
