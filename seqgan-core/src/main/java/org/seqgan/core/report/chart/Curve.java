package org.seqgan.core.report.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;

/**
 * A line of a chart.
 *
 * @param name what it shows
 * @param style how it looks
 * @param points in order; a value that is not finite is a gap
 * @param band the area around it, in order; empty where there is none
 */
public record Curve(
    String name, Style style, List<MetricsHistory.Point> points, List<Spread> band) {
  /**
   * What a band covers at a position.
   *
   * @param low the lower end, finite
   * @param high the upper end, finite
   */
  public record Spread(Position position, double low, double high) {}

  /** A line without a band. */
  public Curve(String name, Style style, List<MetricsHistory.Point> points) {
    this(name, style, points, List.of());
  }

  /** Least and greatest finite value of some curves, or 0 and 1 where there is none. */
  static double[] range(List<Curve> curves) {
    double[] values =
        curves.stream().flatMapToDouble(Curve::values).filter(Double::isFinite).toArray();
    return values.length == 0
        ? new double[] {0, 1}
        : new double[] {
          Arrays.stream(values).min().getAsDouble(), Arrays.stream(values).max().getAsDouble()
        };
  }

  /** What stands for a line in a legend that several drawings share. */
  public static Curve sample(String name, Style style) {
    Position start = new Position(Phase.GENERATOR_PRETRAINING, 0);
    return new Curve(name, style, List.of(new MetricsHistory.Point(start, 0)));
  }

  boolean isMeasured() {
    return !points.isEmpty();
  }

  /** The part of it in a phase. */
  public Curve during(Phase phase) {
    return new Curve(
        name,
        style,
        points.stream().filter(point -> point.position().phase().equals(phase)).toList(),
        band.stream().filter(spread -> spread.position.phase().equals(phase)).toList());
  }

  /** Its last finite value, where there is one. */
  public Optional<Double> last() {
    return points.stream()
        .map(MetricsHistory.Point::value)
        .filter(Double::isFinite)
        .reduce((first, second) -> second);
  }

  private DoubleStream values() {
    return DoubleStream.concat(
        points.stream().mapToDouble(MetricsHistory.Point::value),
        band.stream().flatMapToDouble(spread -> DoubleStream.of(spread.low, spread.high)));
  }

  String cssClass() {
    return style.cssClass();
  }
}
