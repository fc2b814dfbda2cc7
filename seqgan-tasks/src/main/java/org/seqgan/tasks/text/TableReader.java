package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines.Line;
import org.seqgan.tasks.text.Passages.Passage;

/** Takes the fields of one column from a file that is a table. Of one file; not thread-safe. */
abstract sealed class TableReader {
  private final TextLayout.Column column;
  private final Consumer<Passage> sink;
  private final BiConsumer<Line, String> skipped;

  private TableReader(
      TextLayout.Column column, Consumer<Passage> sink, BiConsumer<Line, String> skipped) {
    this.column = column;
    this.sink = sink;
    this.skipped = skipped;
  }

  /**
   * A reader.
   *
   * @param sink gets the field of each record, which may be blank
   * @param skipped hears of the lines that are no records, and why
   */
  static TableReader of(
      TextLayout.Column column, Consumer<Passage> sink, BiConsumer<Line, String> skipped) {
    return column.format() == TextFormat.JSON_LINES
        ? new Objects(column, sink, skipped)
        : new Rows(column, sink, skipped);
  }

  /**
   * Takes the next line.
   *
   * @throws UserException (data) if it is not as the format says, or if there is no such column
   */
  abstract void accept(Line line);

  /**
   * Says that there are no more lines.
   *
   * @throws UserException (data) if the last record is not complete
   */
  abstract void finish();

  final TextLayout.Column column() {
    return column;
  }

  final void skip(Line line, String why) {
    skipped.accept(line, why);
  }

  final void emit(Line start, String field) {
    sink.accept(new Passage(field, "%s, field %s".formatted(start.place(), column.name())));
  }

  final UserException noColumn(Line line, Iterable<String> columns) {
    return new UserException(
        UserException.Kind.DATA,
        "%s: expected a column '%s' (task.column), found %s"
            .formatted(line.place(), column.name(), String.join(", ", columns)));
  }

  /** Records of delimited fields. */
  private static final class Rows extends TableReader {
    private final Delimited delimited;
    private int index = -1; // of the column

    Rows(TextLayout.Column column, Consumer<Passage> sink, BiConsumer<Line, String> skipped) {
      super(column, sink, skipped);
      delimited = Delimited.of(column.format(), this::take);
    }

    @Override
    void accept(Line line) {
      if (!delimited.accept(line)) {
        skip(line, Passages.BLANK);
      }
    }

    @Override
    void finish() {
      delimited.finish();
    }

    private void take(Delimited.Row row) {
      boolean isFirst = index < 0;
      if (isFirst) {
        index = column().header() ? named(row) : numbered(row);
      }
      if (isFirst && column().header()) {
        skip(row.start(), "the header of the table");
      } else {
        emit(row.start(), row.fields().get(index));
      }
    }

    /** A name comes first; where no column has it, it may be a number. */
    private int named(Delimited.Row header) {
      List<Integer> named =
          IntStream.range(0, header.fields().size())
              .filter(i -> header.fields().get(i).strip().equals(column().name()))
              .boxed()
              .toList();
      if (named.size() > 1) {
        throw new UserException(
            UserException.Kind.DATA,
            "%s: %d columns are called '%s'; choose one of %s by its number, from 1 to %d"
                .formatted(
                    header.start().place(),
                    named.size(),
                    column().name(),
                    String.join(", ", header.fields()),
                    header.fields().size()));
      }
      return named.isEmpty() ? numbered(header) : named.get(0);
    }

    private int numbered(Delimited.Row row) {
      int count = row.fields().size();
      boolean isNumber = column().name().matches("[1-9][0-9]{0,5}");
      int number = isNumber ? Integer.parseInt(column().name()) : 0;
      if (number < 1 || number > count) {
        List<String> columns = new ArrayList<>();
        if (column().header()) {
          columns.addAll(row.fields());
        }
        columns.add("numbers from 1 to " + count);
        throw noColumn(row.start(), columns);
      }
      return number - 1;
    }
  }

  /** Objects of JSON. */
  private static final class Objects extends TableReader {
    Objects(TextLayout.Column column, Consumer<Passage> sink, BiConsumer<Line, String> skipped) {
      super(column, sink, skipped);
    }

    @Override
    void accept(Line line) {
      if (line.isBlank()) {
        skip(line, Passages.BLANK);
        return;
      }
      Map<String, JsonLine.Value> members = JsonLine.parse(line);
      JsonLine.Value value = members.get(column().name());
      if (value == null) {
        Set<String> names = new LinkedHashSet<>(members.keySet());
        throw noColumn(line, names.isEmpty() ? List.of("none") : names);
      }
      if (value.text().isEmpty() && !value.isNull()) {
        throw new UserException(
            UserException.Kind.DATA,
            "%s: expected a string for \"%s\", found %s"
                .formatted(line.place(), column().name(), value.kind()));
      }
      emit(line, value.text().orElse(""));
    }

    @Override
    void finish() {}
  }
}
