package org.seqgan.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value to read a metric against, drawn across its charts as a dashed line.
 *
 * @param name what it is
 * @param value its value of the metric, finite
 */
record Anchor(String name, double value) {
  private static final String SEPARATOR = ": ";

  /**
   * The anchors of a metric. An anchor named {@code METRIC: NAME} belongs to that metric, any other
   * to the metric that the matrix compares.
   */
  static List<Anchor> of(String metric, String compared, Map<String, Double> anchors) {
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
}
