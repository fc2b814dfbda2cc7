package org.seqgan.backend.dl4j.memory;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Float memory from an offset on: what a tensor, a view of one, or a scratch tile stands on.
 * Indices are counted from the offset, in floats.
 */
public record FloatRegion(NativeMemory memory, int offset) {
  /** Copies {@code count} floats to the heap. */
  public void load(int from, float[] target, int at, int count) {
    memory.buffer().get(offset + from, target, at, count);
  }

  /** Copies {@code count} floats from the heap. */
  public void store(int to, float[] source, int at, int count) {
    memory.buffer().put(offset + to, source, at, count);
  }

  /** Copies {@code count} floats from another region. */
  public void copyFrom(int to, FloatRegion source, int from, int count) {
    memory.buffer().put(offset + to, source.memory.buffer(), source.offset + from, count);
  }

  public float get(int index) {
    return memory.buffer().get(offset + index);
  }

  public void set(int index, float value) {
    memory.buffer().put(offset + index, value);
  }

  /** The part from {@code index} on, for vector loops that do without copies. */
  public OffHeap offHeap(int index) {
    return memory.offHeap().from(offset + index);
  }

  /** The address of one float, for native code. */
  FloatPointer pointer(long index) {
    return memory.pointer().getPointer(offset + index);
  }

  /** The part that begins at {@code index}. */
  public FloatRegion from(int index) {
    return new FloatRegion(memory, offset + index);
  }

  /** Row-major, {@code stride} floats from row to row. */
  public Matrix matrix(int stride) {
    return new Matrix(this, stride);
  }

  /**
   * A row-major matrix in a region.
   *
   * @param region from its element (0, 0)
   * @param stride floats from one row to the next
   */
  public record Matrix(FloatRegion region, int stride) {
    /** The address of an element. */
    public FloatPointer at(int row, int column) {
      return region.pointer((long) row * stride + column);
    }

    /** The matrix that begins at an element. */
    public Matrix from(int row, int column) {
      return new Matrix(region.from(row * stride + column), stride);
    }
  }
}
