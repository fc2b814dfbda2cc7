package org.seqgan.core.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.io.JsonFault;

/**
 * One metric over a run, read from {@code metrics.jsonl} without the others: a tenth of the work of
 * {@link MetricsHistory}, for who draws many runs. Immutable; {@link #more} reads what a log has
 * grown by.
 *
 * @param name of the metric
 * @param points in the order they were measured
 * @param reached the last position of the log, whether the metric was measured there or not
 * @param bytes how much of the log was read
 */
public record MetricColumn(
    String name, List<MetricsHistory.Point> points, Position reached, long bytes) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Copies the list. */
  public MetricColumn {
    points = List.copyOf(points);
  }

  /**
   * Reads a log, which may be growing: a last line without its end is not read. Of a log that is
   * not there nothing.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming the line, where a complete line is
   *     malformed
   */
  public static MetricColumn read(Path log, String name) {
    return new MetricColumn(name, List.of(), Position.BEGINNING, 0).more(log);
  }

  /**
   * The same with what was appended since. A log that was written anew has to be {@linkplain #read
   * read} again.
   *
   * @throws UserException as above
   */
  public MetricColumn more(Path log) {
    if (!Files.exists(log)) {
      return this;
    }
    try {
      byte[] added = from(log, bytes);
      List<MetricsHistory.Point> all = new ArrayList<>(points);
      Position last = reached;
      int begin = 0;
      for (int i = 0; i < added.length; i++) {
        if (added[i] == '\n') {
          Line line = line(added, begin, i - begin);
          last = line.position.compareTo(last) > 0 ? line.position : last;
          if (line.value != null) {
            all.add(new MetricsHistory.Point(line.position, line.value));
          }
          begin = i + 1;
        }
      }
      return new MetricColumn(name, all, last, bytes + begin);
    } catch (IllegalArgumentException e) {
      // Who reads all of it knows the number of the line.
      MetricsHistory.read(log);
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected a line of metrics in " + log + ": " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(log, e);
    }
  }

  private static byte[] from(Path log, long place) throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - place)));
      while (rest.hasRemaining() && channel.read(rest, place + rest.position()) >= 0) {
        // The rest comes with the next read.
      }
      byte[] read = new byte[rest.position()];
      rest.flip().get(read);
      return read;
    } catch (ArithmeticException e) {
      throw new IOException("more than 2 GB", e);
    }
  }

  /** What a line has of the metric. */
  private record Line(Position position, @Nullable Double value) {}

  private Line line(byte[] text, int begin, int length) throws IOException {
    Optional<Phase> phase = Optional.empty();
    int step = -1;
    Double value = null;
    try (JsonParser parser = JSON.createParser(text, begin, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("expected a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("phase")) {
          phase = Phase.labelled(parser.getText());
        } else if (field.equals("step")) {
          step = parser.getValueAsInt(-1);
        } else if (field.equals(name)) {
          value = number(parser);
        } else {
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.words(e), e);
    }
    if (phase.isEmpty() || step < 0) {
      throw new IllegalArgumentException("expected a phase and a step");
    }
    return new Line(new Position(phase.get(), step), value);
  }

  private static double number(JsonParser parser) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    return switch (parser.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("expected a number");
    };
  }
}
