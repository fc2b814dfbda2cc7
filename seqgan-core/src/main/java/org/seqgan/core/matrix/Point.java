package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures after a step of a cell's training.
 *
 * @param phase the label of the phase, such as {@code adversarial}
 * @param step complete steps of that phase; 0 is before its first
 * @param values name to value, in order
 */
public record Point(String phase, int step, Map<String, Double> values) {
  /** Copies the map. */
  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
