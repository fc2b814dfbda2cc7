package org.seqgan.api.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Float32 arrays by name, in order: the parameters of a model, or the contents of a file of
 * parameters.
 *
 * @param arrays name to array; the order is kept
 */
public record NamedArrays(Map<String, FloatArray> arrays) {
  /** No arrays. */
  public static final NamedArrays NONE = new NamedArrays(Map.of());

  /** Copies the map. */
  public NamedArrays {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /** The array of a name. */
  public FloatArray get(String name) {
    FloatArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no array '" + name + "' among " + arrays.keySet());
    }
    return array;
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(arrays.keySet());
  }

  /**
   * A dense array.
   *
   * @param shape the sizes of its axes
   * @param values row-major; not copied
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // a million floats are compared by identity, not by value
  public record FloatArray(int[] shape, float[] values) {
    /** Checks the sizes. */
    public FloatArray {
      long size = 1;
      for (int dimension : shape) {
        size *= dimension;
      }
      if (size != values.length) {
        throw new IllegalArgumentException(
            "shape "
                + java.util.Arrays.toString(shape)
                + " does not hold "
                + values.length
                + " values");
      }
    }
  }
}
