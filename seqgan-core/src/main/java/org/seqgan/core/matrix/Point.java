package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures of a cell after a step.
 *
 * @param phase the label of the phase, such as {@code adversarial}
 * @param step complete steps of that phase
 * @param values name to value; may hold {@code NaN}
 */
public record Point(String phase, int step, Map<String, Double> values) {
  /** Copies the map. */
  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
