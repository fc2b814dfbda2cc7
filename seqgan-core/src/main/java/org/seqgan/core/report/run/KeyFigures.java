package org.seqgan.core.report.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Quantile;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.MetricsHistory.Point;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.Ranking;
import org.seqgan.core.run.RunContents;

/** The table of the figures that a reader looks for first. */
public final class KeyFigures {
  public static final String NLL_ORACLE = "nll-oracle";
  static final String NLL_GEN = "nll-gen";

  private final MetricsHistory history;
  private final List<MetricNote> notes;
  private final Ranking ranking;
  private final int lastPhase;

  KeyFigures(RunContents run) {
    this.history = run.history();
    this.notes = run.status().description().metrics();
    this.ranking = new Ranking(notes, history);
    this.lastPhase = run.status().plan().keySet().stream().mapToInt(Phase::order).max().orElse(0);
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

  /** The metric that ranks the run, where there is one. */
  Optional<String> ranking() {
    return ranking.metric().map(MetricNote::name);
  }

  /** The lines, those of the description first. The two NLL stand together. */
  List<Line> lines() {
    Optional<Position> rankingBest = ranking().flatMap(ranking::best).map(Point::position);
    List<Line> lines = new ArrayList<>();
    for (String name : names()) {
      List<Point> points = history.series(name);
      lines.add(
          new Line(
              name,
              points.stream().findFirst(),
              last(
                  points.stream()
                      .filter(point -> point.position().phase().order() < lastPhase)
                      .toList()),
              ranking.best(name),
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
    names.removeIf(Quantile::isName);
    return List.copyOf(names);
  }

  private static Optional<Point> last(List<Point> points) {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }
}
