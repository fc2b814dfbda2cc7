package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.Point;
import org.seqgan.core.report.chart.Curve;
import org.seqgan.core.report.chart.Style;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;
import org.seqgan.core.statistics.Estimate;

/** The learning curves of the seeds of a variant as one: their mean, and a band around it. */
final class SeedCurves {
  private SeedCurves() {}

  /**
   * The curve of a metric: at every position that all seeds have measured their mean, and a band of
   * one standard deviation to each side, from two seeds on. Where a seed's value is not finite the
   * curve has a gap.
   */
  static Curve of(Variant variant, String metric, Style style) {
    List<Map<Position, Double>> seeds =
        variant.done().stream().map(cell -> series(cell, metric)).toList();
    List<MetricsHistory.Point> points = new ArrayList<>();
    List<Curve.Spread> band = new ArrayList<>();
    for (Position position : common(seeds)) {
      double[] values = seeds.stream().mapToDouble(seed -> seed.get(position)).toArray();
      if (!Arrays.stream(values).allMatch(Double::isFinite)) {
        points.add(new MetricsHistory.Point(position, Double.NaN));
        continue;
      }
      Estimate estimate = Estimate.of(values);
      double mean = estimate.mean();
      points.add(new MetricsHistory.Point(position, mean));
      estimate
          .deviation()
          .ifPresent(sd -> band.add(new Curve.Spread(position, mean - sd, mean + sd)));
    }
    return new Curve(variant.name(), style, points, band);
  }

  private static Map<Position, Double> series(CellHistory cell, String metric) {
    Map<Position, Double> series = new TreeMap<>();
    for (Point point : cell.points()) {
      Double value = point.values().get(metric);
      if (value != null) {
        series.put(position(cell, point), value);
      }
    }
    return series;
  }

  private static Position position(CellHistory cell, Point point) {
    return Phase.labelled(point.phase())
        .map(phase -> new Position(phase, point.step()))
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.DATA,
                    "expected the name of a phase in the measurements of cell %s, found '%s'"
                        .formatted(cell.summary().cell().id(), point.phase())));
  }

  private static Set<Position> common(List<Map<Position, Double>> seeds) {
    Set<Position> positions = new TreeSet<>();
    seeds.forEach(seed -> positions.addAll(seed.keySet()));
    seeds.forEach(seed -> positions.retainAll(seed.keySet()));
    return positions;
  }
}
