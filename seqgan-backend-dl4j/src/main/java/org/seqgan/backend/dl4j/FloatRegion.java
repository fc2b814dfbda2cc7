package org.seqgan.backend.dl4j;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Float memory from an offset on: what a tensor, a view of one, or a scratch tile stands on.
 * Indices are counted from the offset, in floats.
 */
record FloatRegion(NativeMemory memory, int offset) {
  /** Copies {@code count} floats to the heap. */
  void load(int from, float[] target, int at, int count) {
    memory.buffer().get(offset + from, target, at, count);
  }

  /** Copies {@code count} floats from the heap. */
  void store(int to, float[] source, int at, int count) {
    memory.buffer().put(offset + to, source, at, count);
  }

  /** Copies {@code count} floats from another region. */
  void copyFrom(int to, FloatRegion source, int from, int count) {
    memory.buffer().put(offset + to, source.memory.buffer(), source.offset + from, count);
  }

  float get(int index) {
    return memory.buffer().get(offset + index);
  }

  void set(int index, float value) {
    memory.buffer().put(offset + index, value);
  }

  /** The address of one float, for native code. */
  FloatPointer pointer(long index) {
    return memory.pointer().getPointer(offset + index);
  }

  /** The part that begins at {@code index}. */
  FloatRegion from(int index) {
    return new FloatRegion(memory, offset + index);
  }

  /** Row-major, {@code stride} floats from row to row. */
  Matrix matrix(int stride) {
    return new Matrix(this, stride);
  }

  /**
   * A row-major matrix in a region.
   *
   * @param region from its element (0, 0)
   * @param stride floats from one row to the next
   */
  record Matrix(FloatRegion region, int stride) {
    /** The address of an element. */
    FloatPointer at(int row, int column) {
      return region.pointer((long) row * stride + column);
    }

    /** The matrix that begins at an element. */
    Matrix from(int row, int column) {
      return new Matrix(region.from(row * stride + column), stride);
    }
  }
}
