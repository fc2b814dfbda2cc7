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

/**
 * Writes {@code metrics.jsonl}: a JSON object per {@link TrainingEvent.Measured}, one a line, with
 * the keys {@code phase}, {@code step}, {@code seconds}, {@code time} (an ISO-8601 instant) and
 * then the values in their order, with every digit; {@code NaN} and infinities are strings. Only
 * {@code seconds} and {@code time} differ between two runs of one configuration and seed.
 *
 * <p>Not thread-safe.
 */
public final class MetricsLog implements AutoCloseable {
  private static final Set<String> RESERVED = Set.of("phase", "step", "seconds", "time");

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
              if (RESERVED.contains(name)) {
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

  /** Keeps the lines of some positions, in one step. */
  void keep(Predicate<Position> kept) {
    MetricsHistory history = MetricsHistory.read(file);
    if (history.rows().stream().allMatch(row -> kept.test(row.position()))) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        if (kept.test(history.rows().get(i).position())) {
          text.append(lines.get(i)).append('\n');
        }
      }
      channel.close();
      DurableFiles.replace(file, text.toString());
      channel = appending(file);
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
    ObjectNode node = Json.parse(line);
    node.remove(List.of("seconds", "time"));
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
