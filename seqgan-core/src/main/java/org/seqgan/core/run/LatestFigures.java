package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.UserException;

/**
 * The last value of each figure of a run, for lists of runs: the end of {@code metrics.jsonl} is
 * read, back to the last evaluation, and no more.
 */
public final class LatestFigures {
  private static final int FIRST_PART = 1 << 13;
  private static final int LAST_PART = 1 << 18;

  private LatestFigures() {}

  /**
   * Reads the end of a log, which may be growing. A figure that was last measured before the last
   * evaluation is not in it, nor is one that lies further back than a quarter of a megabyte.
   *
   * @param notes the metrics of the run's description: the first tells which line is an evaluation
   * @return name to value, in the order of the log; empty where nothing was measured yet
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming the line, where a complete line of
   *     that part is malformed
   */
  public static Map<String, Double> read(Path file, List<MetricNote> notes) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      for (int part = FIRST_PART; ; part *= 4) {
        boolean whole = part >= size;
        List<String> lines = lines(channel, size, part);
        Map<String, Double> latest = new LinkedHashMap<>();
        boolean evaluated = collect(file, lines, notes, latest);
        if (evaluated || whole || part >= LAST_PART) {
          return Collections.unmodifiableMap(latest);
        }
      }
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(file, e);
    } catch (UserException e) {
      // The line has no number from here; whoever reads all of it knows.
      MetricsHistory.read(file);
      throw e;
    }
  }

  /** The complete lines of the end of a file. */
  private static List<String> lines(FileChannel channel, long size, int part) throws IOException {
    long from = Math.max(0, size - part);
    ByteBuffer bytes = ByteBuffer.allocate((int) (size - from));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // The rest comes with the next read.
    }
    String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
    int begin = from == 0 ? 0 : text.indexOf('\n') + 1;
    int end = text.lastIndexOf('\n') + 1;
    return text.substring(Math.min(begin, end), end).lines().toList();
  }

  /** Goes backwards to the last evaluation; says whether there was one. */
  private static boolean collect(
      Path file, List<String> lines, List<MetricNote> notes, Map<String, Double> latest) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Map<String, Double> values = MetricsHistory.row(file, i + 1, lines.get(i)).values();
      values.forEach(latest::putIfAbsent);
      if (notes.isEmpty() || values.containsKey(notes.get(0).name())) {
        return true;
      }
    }
    return false;
  }
}
