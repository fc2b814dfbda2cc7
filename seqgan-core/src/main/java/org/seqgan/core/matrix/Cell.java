package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a matrix, described so that it can be started anywhere.
 *
 * @param number its place in the plan, from 1
 * @param id a file name that no other cell has, such as {@code seqgan-seed3}
 * @param method the name of the method
 * @param axes the option of each axis and its value in this cell, in the order of the plan
 * @param seed the seed of the run
 * @param source the name of a preset, or the whole text of a configuration
 * @param overrides words such as {@code group.key=value}, applied in order
 */
public record Cell(
    int number,
    String id,
    String method,
    Map<String, String> axes,
    long seed,
    String source,
    List<String> overrides) {
  /** Copies the collections. */
  public Cell {
    axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    overrides = List.copyOf(overrides);
  }
}
