package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seqgan.core.report.NumberFormats;

/**
 * A value to read a metric against, drawn across its charts as a dashed line.
 *
 * @param name what it is
 * @param value its value of the metric, finite
 */
public record Anchor(String name, double value) {
  private static final String SEPARATOR = ": ";

  /** How far outside a range an anchor is near, in extents of the range. */
  private static final double NEAR = 0.35;

  /** Room for the names of those that are not near, in extents of the range. */
  private static final double EDGE = 0.08;

  /**
   * The anchors of a metric. An anchor named {@code METRIC: NAME} belongs to that metric, any other
   * to the metric that the matrix compares.
   */
  public static List<Anchor> of(String metric, String compared, Map<String, Double> anchors) {
    List<Anchor> found = new ArrayList<>();
    anchors.forEach(
        (name, value) -> {
          int separator = name.indexOf(SEPARATOR);
          String owner = separator < 0 ? compared : name.substring(0, separator);
          String shown = separator < 0 ? name : name.substring(separator + SEPARATOR.length());
          if (owner.equals(metric) && Double.isFinite(value)) {
            found.add(new Anchor(shown, value));
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
      boolean below = anchor.value < range[0] - NEAR * extent;
      boolean above = anchor.value > range[1] + NEAR * extent;
      least = Math.min(least, below ? range[0] - EDGE * extent : anchor.value);
      greatest = Math.max(greatest, above ? range[1] + EDGE * extent : anchor.value);
    }
    return new double[] {least, greatest};
  }

  /** As written beside its line. */
  String label() {
    return name + " " + NumberFormats.format(value);
  }
}
