package org.seqgan.core.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.MetricsHistory.Point;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;

/** The table of the figures that a reader looks for first. */
final class KeyFigures {
  static final String NLL_ORACLE = "nll-oracle";
  static final String NLL_GEN = "nll-gen";

  private final MetricsHistory history;
  private final List<MetricNote> notes;

  KeyFigures(RunContents run) {
    this.history = run.history();
    this.notes = run.status().description().metrics();
  }

  /**
   * A line of the table; an absent figure was not measured.
   *
   * @param best the best there was, where the metric has a best
   * @param atRankingBest the figure at the moment when the metric that ranks the run was best
   */
  record Line(
      String name,
      Optional<Point> first,
      Optional<Point> afterPretraining,
      Optional<Point> best,
      Optional<Point> atRankingBest,
      Optional<Point> last) {}

  /** The metric that ranks the run: the first that has a best value, where one was measured. */
  Optional<String> ranking() {
    return notes.stream()
        .filter(note -> best(note.name()).isPresent())
        .map(MetricNote::name)
        .findFirst();
  }

  /** The lines, those of the description first. The two NLL stand together. */
  List<Line> lines() {
    Optional<Position> rankingBest = ranking().flatMap(this::best).map(Point::position);
    List<Line> lines = new ArrayList<>();
    for (String name : names()) {
      List<Point> points = history.series(name);
      lines.add(
          new Line(
              name,
              points.stream().findFirst(),
              last(
                  points.stream()
                      .filter(point -> point.position().phase() != Phase.ADVERSARIAL)
                      .toList()),
              best(name),
              rankingBest.flatMap(
                  position ->
                      last(
                          points.stream()
                              .filter(point -> point.position().equals(position))
                              .toList())),
              last(points)));
    }
    return lines;
  }

  private List<String> names() {
    Set<String> measured = history.names();
    Set<String> names = new LinkedHashSet<>();
    if (measured.contains(NLL_ORACLE)) {
      names.add(NLL_ORACLE);
      names.add(NLL_GEN);
    }
    notes.stream().map(MetricNote::name).filter(measured::contains).forEach(names::add);
    names.addAll(measured);
    return List.copyOf(names);
  }

  private static Optional<Point> last(List<Point> points) {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }

  private Optional<Point> best(String name) {
    Comparator<Point> order = Comparator.comparingDouble(Point::value);
    List<Point> points =
        history.series(name).stream().filter(point -> Double.isFinite(point.value())).toList();
    return switch (better(name)) {
      case LOWER -> points.stream().min(order);
      case HIGHER -> points.stream().min(order.reversed());
      case NEITHER -> Optional.empty();
    };
  }

  private Better better(String name) {
    return notes.stream()
        .filter(note -> note.name().equals(name))
        .map(MetricNote::better)
        .findFirst()
        .orElse(Better.NEITHER);
  }
}
