package org.seqgan.backend.dl4j.memory;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Float32 memory outside the heap, as vector loops read and write it where it lies.
 *
 * @param floats the memory
 * @param memory the same as the Vector API wants it: a byte buffer on Java 17 to 20, a memory
 *     segment from Java 22 on
 * @param from where it begins, in floats
 */
public record OffHeap(FloatBuffer floats, Object memory, int from) {
  /** The first Java whose memory segments are no preview. */
  public static final int FIRST_WITH_SEGMENTS = 22;

  /** All of a direct buffer in the order of bytes of this machine. */
  public static OffHeap of(ByteBuffer buffer) {
    boolean segments = Runtime.version().feature() >= FIRST_WITH_SEGMENTS;
    return new OffHeap(buffer.asFloatBuffer(), segments ? segment(buffer) : buffer, 0);
  }

  /** The part that begins so many floats later. */
  public OffHeap from(int further) {
    return new OffHeap(floats, memory, from + further);
  }

  /** Where a float stands, in bytes. */
  public int at(int index) {
    return Float.BYTES * (from + index);
  }

  /** The first floats. */
  public float[] read(int count) {
    float[] copy = new float[count];
    floats.get(from, copy);
    return copy;
  }

  /** Replaces the first floats. */
  public void write(float[] values) {
    floats.put(from, values);
  }

  /** Replaces some floats by those of an array. */
  public void write(int index, float[] values, int at, int count) {
    floats.put(from + index, values, at, count);
  }

  private static Object segment(ByteBuffer buffer) {
    try {
      // By name, because the class is not in the oldest Java that this is compiled for.
      return Class.forName("java.lang.foreign.MemorySegment")
          .getMethod("ofBuffer", Buffer.class)
          .invoke(null, buffer);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java.lang.foreign.MemorySegment", e);
    }
  }
}
