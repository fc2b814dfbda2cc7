package org.seqgan.core.io;

/**
 * Where the header says that an array lies.
 *
 * @param name of the array
 * @param dtype its element type, as the format spells it
 * @param shape the sizes of its axes
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
record SafetensorsEntry(String name, String dtype, int[] shape, long begin, long end) {
  /** The number of elements; at most 2^63 / 4, or the header would not have been accepted. */
  long elementCount() {
    return elementCount(shape);
  }

  /**
   * The product of the axes.
   *
   * @throws ArithmeticException if it does not fit into 64 bits
   */
  static long elementCount(int[] shape) {
    long count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, (long) size);
    }
    return count;
  }
}
