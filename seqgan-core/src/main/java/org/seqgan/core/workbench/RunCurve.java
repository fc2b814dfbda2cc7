package org.seqgan.core.workbench;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.core.report.chart.Timeline;
import org.seqgan.core.run.MetricColumn;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.RunStatus;

/**
 * A metric of a run, to be drawn. Immutable.
 *
 * @param points in order
 * @param phases one after the other
 * @param thinned whether points were left out
 */
public record RunCurve(List<Point> points, List<Timeline.Span> phases, boolean thinned) {
  /** Of each bucket the least, the greatest and one that is no number. */
  private static final int OF_A_BUCKET = 3;

  /** Copies the lists. */
  public RunCurve {
    points = List.copyOf(points);
    phases = List.copyOf(phases);
  }

  /**
   * A point.
   *
   * @param step steps of all phases before it
   * @param value may be {@code NaN} or infinite
   */
  public record Point(int step, double value) {}

  /** The whole curve. */
  public static RunCurve of(MetricColumn column, RunStatus status) {
    Timeline timeline =
        Timeline.of(
            status,
            column.reached().compareTo(status.position()) > 0
                ? column.reached()
                : status.position());
    List<Point> points = new ArrayList<>(column.points().size());
    for (MetricsHistory.Point point : column.points()) {
      points.add(new Point(timeline.at(point.position()), point.value()));
    }
    return new RunCurve(points, timeline.spans(), false);
  }

  /**
   * The same with fewer points: the first, the last, and of each stretch of equally many the least,
   * the greatest and the first that is no finite number, so that no peak and no gap goes.
   *
   * @param most so many points at the most, at least 5
   */
  public RunCurve thinnedTo(int most) {
    if (points.size() <= most) {
      return this;
    }
    int buckets = (most - 2) / OF_A_BUCKET;
    List<Point> kept = new ArrayList<>(most);
    kept.add(points.get(0));
    int inner = points.size() - 2;
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = 1 + (int) ((long) inner * bucket / buckets);
      int to = 1 + (int) ((long) inner * (bucket + 1) / buckets);
      addExtremes(points.subList(from, to), kept);
    }
    kept.add(points.get(points.size() - 1));
    return new RunCurve(kept, phases, true);
  }

  private static void addExtremes(List<Point> bucket, List<Point> kept) {
    int least = -1;
    int greatest = -1;
    int other = -1;
    for (int i = 0; i < bucket.size(); i++) {
      double value = bucket.get(i).value;
      if (!Double.isFinite(value)) {
        other = other < 0 ? i : other;
      } else {
        least = least < 0 || value < bucket.get(least).value ? i : least;
        greatest = greatest < 0 || value > bucket.get(greatest).value ? i : greatest;
      }
    }
    for (int i = 0; i < bucket.size(); i++) {
      if (i == least || i == greatest || i == other) {
        kept.add(bucket.get(i));
      }
    }
  }
}
