package org.seqgan.core.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.seqgan.api.metric.Better;
import org.seqgan.core.run.MetricsHistory.Point;

/**
 * The metric that ranks the evaluations of a run: the first in its description that has a best
 * value and was measured. Values that are no numbers rank nothing.
 */
public final class Ranking {
  private final List<MetricNote> notes;
  private final MetricsHistory history;

  /**
   * Ranks a run.
   *
   * @param notes the metrics of its description
   * @param history what was measured
   */
  public Ranking(List<MetricNote> notes, MetricsHistory history) {
    this.notes = List.copyOf(notes);
    this.history = history;
  }

  /** The metric that ranks the run, where there is one. */
  public Optional<MetricNote> metric() {
    return notes.stream()
        .filter(note -> note.better() != Better.NEITHER && !measured(note).isEmpty())
        .findFirst();
  }

  /** The best value of a metric, the first of equal ones; none where a metric has no best. */
  public Optional<Point> best(String name) {
    return notes.stream()
        .filter(note -> note.name().equals(name) && note.better() != Better.NEITHER)
        .findFirst()
        .flatMap(note -> measured(note).stream().min(order(note)));
  }

  /** The evaluations at some positions, the best first. */
  public List<Position> bestFirst(Predicate<Position> among) {
    return metric().stream()
        .flatMap(note -> measured(note).stream().sorted(order(note)))
        .map(Point::position)
        .filter(among)
        .toList();
  }

  private List<Point> measured(MetricNote note) {
    return history.series(note.name()).stream()
        .filter(point -> Double.isFinite(point.value()))
        .toList();
  }

  private static Comparator<Point> order(MetricNote note) {
    Comparator<Point> lowest = Comparator.comparingDouble(Point::value);
    return note.better() == Better.LOWER ? lowest : lowest.reversed();
  }
}
