package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.JsonFault;

/**
 * One metric over a run, read from {@code metrics.jsonl} without the others, for who draws many
 * runs: of a line as {@link MetricsLog} writes it no more is looked at than that takes, and {@link
 * MetricsHistory} checks all of it. Immutable; {@link #more} reads what a log has grown by.
 *
 * @param name of the metric
 * @param points in the order they were measured
 * @param reached the last position of the log, whether the metric was measured there or not
 * @param bytes how much of the log was read
 */
public record MetricColumn(
    String name, List<MetricsHistory.Point> points, Position reached, long bytes) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MOST_BYTES = 1 << 30;

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
      Lines lines = new Lines(name);
      List<MetricsHistory.Point> all = new ArrayList<>(points);
      Position last = reached;
      int begin = 0;
      for (int i = 0; i < added.length; i++) {
        if (added[i] == '\n') {
          Line line = lines.line(added, begin, i);
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
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      long rest = Math.max(0, channel.size() - place);
      if (rest > MOST_BYTES) {
        throw new IOException("more than %,d bytes".formatted(MOST_BYTES));
      }
      byte[] read = new byte[(int) rest];
      ByteBuffer buffer = ByteBuffer.wrap(read);
      channel.position(place);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // The rest comes with the next read.
      }
      return buffer.hasRemaining() ? Arrays.copyOf(read, buffer.position()) : read;
    }
  }

  /** What a line has of the metric. */
  private record Line(Position position, @Nullable Double value) {}

  /** Reads lines. Not thread-safe. */
  private static final class Lines {
    private static final byte[] BEGINNING = "{\"phase\":\"".getBytes(UTF_8);
    private static final byte[] STEP = "\",\"step\":".getBytes(UTF_8);
    private static final int LONGEST_STEP = 9;

    private final String name;
    private final byte[] key;
    private byte[] label = new byte[0];
    private Optional<Phase> phase = Optional.empty();

    Lines(String name) {
      this.name = name;
      this.key = Json.line(name).getBytes(UTF_8);
    }

    /** A line without its end. */
    Line line(byte[] text, int begin, int end) throws IOException {
      int labelled = begin + BEGINNING.length;
      if (startsWith(text, begin, end, BEGINNING)) {
        int quote = labelled;
        while (quote < end && text[quote] != '"') {
          quote++;
        }
        int digits = quote + STEP.length;
        int after = digits;
        while (after < end && text[after] >= '0' && text[after] <= '9') {
          after++;
        }
        boolean plain =
            startsWith(text, quote, end, STEP)
                && after > digits
                && after - digits <= LONGEST_STEP
                && text[end - 1] == '}'
                && isPhase(text, labelled, quote);
        int at = plain ? indexOfKey(text, after, end) : -1;
        if (plain && (at < 0 || isNumber(text, at))) {
          int step = Integer.parseInt(word(text, digits, after));
          return new Line(new Position(phase.orElseThrow(), step), at < 0 ? null : value(text, at));
        }
      }
      return parsed(text, begin, end - begin);
    }

    private static boolean startsWith(byte[] text, int begin, int end, byte[] words) {
      return end - begin >= words.length
          && Arrays.equals(text, begin, begin + words.length, words, 0, words.length);
    }

    /** Nearly always that of the line before. */
    private boolean isPhase(byte[] text, int begin, int end) {
      if (!Arrays.equals(text, begin, end, label, 0, label.length)) {
        label = Arrays.copyOfRange(text, begin, end);
        phase = Phase.labelled(new String(label, UTF_8));
      }
      return phase.isPresent();
    }

    private int indexOfKey(byte[] text, int begin, int end) {
      for (int i = begin; i <= end - key.length; i++) {
        if (text[i] == '"' && Arrays.equals(text, i, i + key.length, key, 0, key.length)) {
          return i;
        }
      }
      return -1;
    }

    /** Whether a number stands behind the key, as the log writes it. */
    private boolean isNumber(byte[] text, int at) {
      int behind = at + key.length;
      byte first = text[behind + 1];
      return text[at - 1] == ','
          && text[behind] == ':'
          && (first == '-' || (first >= '0' && first <= '9'));
    }

    private double value(byte[] text, int at) {
      int from = at + key.length + 1;
      int to = from;
      while (text[to] != ',' && text[to] != '}') {
        to++;
      }
      return Double.parseDouble(word(text, from, to));
    }

    private static String word(byte[] text, int from, int to) {
      return new String(text, from, to - from, ISO_8859_1);
    }

    private static double special(String word) {
      return switch (word) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> throw new IllegalArgumentException("expected a number, found '" + word + "'");
      };
    }

    private Line parsed(byte[] text, int begin, int length) throws IOException {
      Optional<Phase> found = Optional.empty();
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
            found = Phase.labelled(parser.getText());
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
      if (found.isEmpty() || step < 0) {
        throw new IllegalArgumentException("expected a phase and a step");
      }
      return new Line(new Position(found.get(), step), value);
    }

    private static double number(JsonParser parser) throws IOException {
      if (parser.currentToken().isNumeric()) {
        return parser.getDoubleValue();
      }
      return special(parser.getText());
    }
  }
}
