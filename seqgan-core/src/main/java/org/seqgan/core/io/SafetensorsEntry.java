package org.seqgan.core.io;

import java.util.List;

/**
 * Where the header says that an array lies.
 *
 * @param name of the array
 * @param dtype its element type, as the format spells it
 * @param shape the sizes of its axes
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
record SafetensorsEntry(String name, String dtype, List<Integer> shape, long begin, long end) {
  /** Copies the shape. */
  SafetensorsEntry {
    shape = List.copyOf(shape);
  }

  /**
   * The number of elements, the product of the axes.
   *
   * @throws ArithmeticException if it does not fit into 64 bits
   */
  long elementCount() {
    long count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, (long) size);
    }
    return count;
  }
}
