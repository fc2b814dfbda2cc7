package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.statistics.Interval;

/**
 * A value to read a metric against, drawn across its charts as a dashed line; or a range of values,
 * drawn as a band.
 *
 * @param name what it is
 * @param low the least value of the metric, finite
 * @param high the largest, the same where there is one value
 */
public record Anchor(String name, double low, double high) {
  private static final String SEPARATOR = ": ";

  /** How far outside a range an anchor is near, in extents of the range. */
  private static final double NEAR = 0.35;

  /** Room for the names of those that are not near, in extents of the range. */
  private static final double EDGE = 0.08;

  /** A single value. */
  public Anchor(String name, double value) {
    this(name, value, value);
  }

  /**
   * The anchors of a metric. An anchor named {@code METRIC: NAME} belongs to that metric, any other
   * to the metric that the matrix compares.
   */
  public static List<Anchor> of(String metric, String compared, Map<String, Interval> anchors) {
    List<Anchor> found = new ArrayList<>();
    anchors.forEach(
        (name, value) -> {
          int separator = name.indexOf(SEPARATOR);
          String owner = separator < 0 ? compared : name.substring(0, separator);
          String shown = separator < 0 ? name : name.substring(separator + SEPARATOR.length());
          boolean finite = Double.isFinite(value.low()) && Double.isFinite(value.high());
          if (owner.equals(metric) && finite) {
            found.add(new Anchor(shown, value.low(), value.high()));
          }
        });
    return List.copyOf(found);
  }

  /**
   * A range of values, widened to the anchors that are near. Those far away would leave no room for
   * what the drawing is about; for their names at the edge there is some room too.
   */
  static double[] widened(double[] range, List<Anchor> anchors) {
    double extent = range[1] - range[0];
    double least = range[0];
    double greatest = range[1];
    for (Anchor anchor : anchors) {
      boolean below = anchor.low < range[0] - NEAR * extent;
      boolean above = anchor.high > range[1] + NEAR * extent;
      least = Math.min(least, below ? range[0] - EDGE * extent : anchor.low);
      greatest = Math.max(greatest, above ? range[1] + EDGE * extent : anchor.high);
    }
    return new double[] {least, greatest};
  }

  /** Whether it is a range of values. */
  boolean isRange() {
    return low < high;
  }

  /** The middle, which is the value where there is one. */
  double middle() {
    return (low + high) / 2;
  }

  /** As written beside its line. */
  String label() {
    return name
        + " "
        + NumberFormats.format(low)
        + (isRange() ? " to " + NumberFormats.format(high) : "");
  }
}
