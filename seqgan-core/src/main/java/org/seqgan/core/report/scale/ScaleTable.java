package org.seqgan.core.report.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seqgan.core.benchmark.ScaleAxis;
import org.seqgan.core.benchmark.ScalePoint;
import org.seqgan.core.benchmark.ScaleResult;

/**
 * The figures of one axis as words.
 *
 * @param headings of the columns
 * @param rows a cell for each heading
 */
public record ScaleTable(List<String> headings, List<List<String>> rows) {
  /** What the columns are, for below a table. */
  public static final String EXPLANATION =
      "GFLOP counts the dense matrix products of the textbook. Growth is the time per GFLOP in parts"
          + " of that at the smallest size of the axis (times threads along the axis of threads):"
          + " above 1, cost grows faster than arithmetic. The floor is the longer of computing and of"
          + " moving parameters; a g_step has a sixteenth of the batch.";

  /** The points of an axis. */
  public static ScaleTable of(ScaleResult result, ScaleAxis axis) {
    List<String> headings =
        List.of(
            axis.label(),
            "step",
            "median",
            "tokens",
            "GFLOP",
            "\u00b5s per token",
            "ms per GFLOP",
            "GFLOP/s",
            "of ceiling",
            "times the floor",
            "growth");
    List<List<String>> rows = new ArrayList<>();
    for (ScalePoint point : result.along(axis)) {
      rows.add(row(point, result.growth(point)));
    }
    return new ScaleTable(headings, rows);
  }

  private static List<String> row(ScalePoint point, double growth) {
    return List.of(
        integer(point.value()),
        point.step().label(),
        milliseconds(point.figure().medianSeconds()),
        integer(point.tokens()),
        format("%.3g", point.figure().operations() / 1e9),
        format("%.3g", 1e6 * point.secondsPerToken()),
        format("%.2f", 1e3 * point.secondsPerGigaflop()),
        format("%.0f", point.figure().gigaflops()),
        format("%.0f%%", 100 * point.ofCeiling()),
        format("%.2f", point.timesTheFloor()),
        format("%.2f", growth));
  }

  /** A time as the figures of a benchmark have it. */
  public static String milliseconds(double seconds) {
    return format(seconds < 0.1 ? "%.2f ms" : "%.0f ms", 1000 * seconds);
  }

  private static String integer(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
