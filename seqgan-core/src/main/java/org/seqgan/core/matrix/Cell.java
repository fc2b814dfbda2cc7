package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a matrix, described completely: it can be written down, sent to another machine and
 * run there. Immutable.
 *
 * @param number its place in the plan, counted from 1
 * @param id a file name that no other cell of the matrix has, such as {@code seqgan-k1-seed3}
 * @param method the name of its method
 * @param axes the options that tell it from other cells of its method, with their values
 * @param seed the root of all its random numbers
 * @param source what its configuration starts from: the text of a configuration file, or the name
 *     of a preset
 * @param overrides {@code group.key=value} each, above the source
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

  /** How the ids of the cells of a seed end. */
  static String seedEnding(long seed) {
    return "-seed" + seed;
  }
}
