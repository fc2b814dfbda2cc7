package org.seqgan.core.report;

import java.util.List;
import org.seqgan.core.run.MetricsHistory;

/**
 * A line of a chart.
 *
 * @param name what it shows
 * @param style the number of its colour and dashes, from 1
 * @param points in order; a value that is not finite is a gap
 */
record Curve(String name, int style, List<MetricsHistory.Point> points) {
  /** Least and greatest finite value of some curves, or 0 and 1 where there is none. */
  static double[] range(List<Curve> curves) {
    double[] values =
        curves.stream()
            .flatMap(curve -> curve.points.stream())
            .mapToDouble(MetricsHistory.Point::value)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return values.length == 0
        ? new double[] {0, 1}
        : new double[] {values[0], values[values.length - 1]};
  }

  String cssClass() {
    return "s" + style;
  }
}
