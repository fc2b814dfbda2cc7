package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.io.Json;

/**
 * Writes {@code metrics.jsonl}: a JSON object per {@link TrainingEvent.Measured}, one a line, with
 * the keys {@code phase}, {@code step}, {@code seconds}, {@code time} (an ISO-8601 instant) and
 * then the values in their order, with every digit; {@code NaN} and infinities are strings. Only
 * {@code seconds} and {@code time} differ between two runs of one configuration and seed.
 *
 * <p>Not thread-safe.
 */
public final class MetricsLog implements AutoCloseable {
  private final Path file;
  private FileChannel channel;

  private MetricsLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens a log for appending. A last line that was torn by a kill is dropped. */
  static MetricsLog open(Path file) {
    try {
      dropTornLine(file);
      return new MetricsLog(file, appending(file));
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file, e);
    }
  }

  private static void dropTornLine(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      DurableFiles.replace(file, text.substring(0, text.lastIndexOf('\n') + 1));
    }
  }

  private static FileChannel appending(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Appends a line and hands it to the operating system.
   *
   * @throws IllegalArgumentException where a value has the name of a column of its own
   */
  void append(TrainingEvent.Measured measured, Instant time) {
    ObjectNode line =
        Json.object().put("phase", measured.phase().label()).put("step", measured.step());
    Json.put(line, "seconds", measured.seconds()).put("time", time.toString());
    measured
        .values()
        .forEach(
            (name, value) -> {
              if (TrainingEvent.Measured.COLUMNS.contains(name)) {
                throw new IllegalArgumentException("no metric can be named '" + name + "'");
              }
              Json.put(line, name, value);
            });
    write(Json.line(line) + "\n");
  }

  private void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file, e);
    }
  }

  /** Puts what was appended onto the disk. */
  void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file, e);
    }
  }

  /**
   * Keeps the lines of some positions, in one step. Those that go are appended to another file
   * first, and so are those that lose values.
   *
   * @param unscored a position whose line stays without its scores
   * @param scores the names of those
   */
  void setAside(Predicate<Position> kept, Position unscored, Set<String> scores, Path aside) {
    MetricsHistory history = MetricsHistory.read(file);
    StringBuilder staying = new StringBuilder();
    StringBuilder going = new StringBuilder();
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      for (int i = 0; i < history.rows().size(); i++) {
        MetricsHistory.Row row = history.rows().get(i);
        String line = lines.get(i);
        String rest = row.position().equals(unscored) ? without(line, scores) : line;
        if (!kept.test(row.position())) {
          going.append(line).append('\n');
          continue;
        }
        if (!rest.equals(line)) {
          going.append(line).append('\n');
        }
        staying.append(rest).append('\n');
      }
      if (!going.isEmpty()) {
        DurableFiles.append(aside, going.toString());
        channel.close();
        DurableFiles.replace(file, staying.toString());
        channel = appending(file);
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file, e);
    }
  }

  /**
   * A line without its times: what two runs of one configuration and seed share.
   *
   * @param line a line of the log
   */
  public static String withoutTimes(String line) {
    return without(line, Set.of("seconds", "time"));
  }

  /** Appends the lines of another log that are of some positions, and puts them onto the disk. */
  void inherit(Path other, Predicate<Position> kept) {
    List<MetricsHistory.Row> rows = MetricsHistory.read(other).rows();
    try {
      List<String> lines = Files.exists(other) ? Files.readAllLines(other) : List.of();
      for (int i = 0; i < rows.size(); i++) {
        if (kept.test(rows.get(i).position())) {
          write(lines.get(i) + "\n");
        }
      }
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(other, e);
    }
    force();
  }

  private static String without(String line, Set<String> keys) {
    ObjectNode node = Json.parse(line);
    node.remove(keys);
    return Json.line(node);
  }

  /** Closes the file. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file, e);
    }
  }
}
