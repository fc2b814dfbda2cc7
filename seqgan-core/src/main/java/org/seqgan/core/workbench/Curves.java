package org.seqgan.core.workbench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.run.MetricColumn;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/**
 * The curves of runs, kept in memory: of a run that goes on, only what was added since is read. So
 * much is kept as a thousand curves of a thousand points need, a few times over. Thread-safe.
 */
public final class Curves {
  private static final long MOST_POINTS = 4_000_000;
  private static final int FIRST_BYTES = 100;

  private final Cache<Key, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST_POINTS)
          .weigher((Key key, Kept value) -> 100 + value.column.points().size())
          .build();

  /** Nothing yet. */
  public Curves() {}

  private record Key(Path log, String metric) {}

  /**
   * What was read.
   *
   * @param file tells it from one that was written in its place
   */
  private record Kept(String file, MetricColumn column) {}

  /**
   * A metric of a run, all of it; without points where it was never measured.
   *
   * @throws org.seqgan.api.UserException where the run cannot be read
   */
  public RunCurve read(RunLayout layout, String metric) {
    Path log = layout.metrics();
    Kept now =
        kept.asMap().compute(new Key(log, metric), (key, before) -> read(log, metric, before));
    return RunCurve.of(now.column, RunStatus.read(layout.status()));
  }

  private static Kept read(Path log, String metric, @Nullable Kept before) {
    String file;
    long size;
    try {
      file = identity(log);
      size = Files.size(log);
    } catch (IOException e) {
      return new Kept("", MetricColumn.read(log, metric));
    }
    if (before == null || !before.file.equals(file) || size < before.column.bytes()) {
      return new Kept(file, MetricColumn.read(log, metric));
    }
    return size == before.column.bytes() ? before : new Kept(file, before.column.more(log));
  }

  /** Of a log with its first line, which has the time when it was written. */
  private static String identity(Path log) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      Object key = Files.readAttributes(log, BasicFileAttributes.class).fileKey();
      return key + " " + Arrays.toString(in.readNBytes(FIRST_BYTES));
    }
  }
}
