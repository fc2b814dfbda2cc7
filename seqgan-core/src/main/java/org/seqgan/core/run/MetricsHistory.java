package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.io.Json;

/**
 * The figures of a run, read back from {@code metrics.jsonl}.
 *
 * @param rows in the order they were measured
 */
public record MetricsHistory(List<Row> rows) {
  /** Copies the list. */
  public MetricsHistory {
    rows = List.copyOf(rows);
  }

  /**
   * Figures after a step.
   *
   * @param position when
   * @param seconds what the step took, evaluation excluded
   * @param time when it was written
   * @param values name to value, in order; may be {@code NaN} or infinite
   */
  public record Row(Position position, double seconds, Instant time, Map<String, Double> values) {
    /** Copies the map. */
    public Row {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * A metric at a position.
   *
   * @param position when
   * @param value may be {@code NaN} or infinite
   */
  public record Point(Position position, double value) {}

  /**
   * Reads a log, which may be growing: a last line without its end is not read. A log that is not
   * there is empty.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming the line, where a complete line is
   *     malformed
   */
  public static MetricsHistory read(Path file) {
    if (!Files.exists(file)) {
      return new MetricsHistory(List.of());
    }
    try {
      String text = Files.readString(file);
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      List<Row> rows = new ArrayList<>();
      for (String line : lines) {
        rows.add(row(file, rows.size() + 1, line));
      }
      return new MetricsHistory(rows);
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(file, e);
    }
  }

  static Row row(Path file, int number, String line) {
    try {
      ObjectNode node = Json.parse(line);
      Position position = Position.read(node);
      double seconds = Json.number(Json.field(node, "seconds"));
      Instant time = Instant.parse(Json.field(node, "time").asText());
      node.remove(List.of("phase", "step", "seconds", "time"));
      Map<String, Double> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        values.put(entry.getKey(), Json.number(entry.getValue()));
      }
      return new Row(position, seconds, time, values);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected a line of metrics in " + file + ", line " + number + ": " + e.getMessage(),
          e);
    }
  }

  /** The rows as training told them. */
  public List<TrainingEvent.Measured> measured() {
    return rows.stream()
        .map(
            row ->
                new TrainingEvent.Measured(
                    row.position().phase(), row.position().step(), row.values(), row.seconds()))
        .toList();
  }

  /** The names of everything measured, in the order they first appear. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.values().keySet()));
    return Collections.unmodifiableSet(names);
  }

  /** A metric over the run, in order; empty where it was never measured. */
  public List<Point> series(String name) {
    List<Point> points = new ArrayList<>();
    for (Row row : rows) {
      Double value = row.values().get(name);
      if (value != null) {
        points.add(new Point(row.position(), value));
      }
    }
    return List.copyOf(points);
  }
}
