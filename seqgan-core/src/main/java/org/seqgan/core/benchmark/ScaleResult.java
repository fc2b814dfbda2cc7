package org.seqgan.core.benchmark;

import java.util.List;

/**
 * How cost grows with size.
 *
 * @param computer what it was measured on
 * @param points in the order in which they were measured: by axis, value and step
 * @param skipped those that could not be measured
 */
public record ScaleResult(Computer computer, List<ScalePoint> points, List<Skipped> skipped) {
  /** Takes copies. */
  public ScaleResult {
    points = List.copyOf(points);
    skipped = List.copyOf(skipped);
  }

  /**
   * A size that could not be measured.
   *
   * @param axis the size that is varied
   * @param value its value
   * @param step the step that failed, or "all" where it was the models
   * @param reason one line
   */
  public record Skipped(ScaleAxis axis, int value, String step, String reason) {
    /** All of it, in one line. */
    public String line() {
      return "%s %d, %s: not measured: %s".formatted(axis.label(), value, step, reason);
    }
  }

  /** The points of an axis, in order. */
  public List<ScalePoint> along(ScaleAxis axis) {
    return points.stream().filter(point -> point.axis() == axis).toList();
  }

  /** The axes that have points, in order. */
  public List<ScaleAxis> axes() {
    return points.stream().map(ScalePoint::axis).distinct().toList();
  }

  /**
   * The cost of a unit of work in parts of what it costs at the smallest size of the axis: above 1
   * where time grows faster than arithmetic.
   */
  public double growth(ScalePoint point) {
    ScalePoint first =
        points.stream()
            .filter(other -> other.axis() == point.axis() && other.step() == point.step())
            .findFirst()
            .orElseThrow();
    return point.secondsPerGigaflop() / first.secondsPerGigaflop();
  }
}
