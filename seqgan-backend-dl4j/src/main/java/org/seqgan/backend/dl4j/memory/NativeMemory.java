package org.seqgan.backend.dl4j.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A block of float32 memory outside the Java heap: a flat, detached ND4J vector. The pointer goes
 * to native matrix products, the buffer to copies between it and the heap; both may be used from
 * any thread, as long as neither's position is changed.
 *
 * @param array the owner of the memory
 * @param pointer its address
 * @param buffer the same memory, for bulk copies
 * @param halves the same memory as numbers of 16 bits
 * @param offHeap the same memory, for vector loops that do without copies
 */
public record NativeMemory(
    INDArray array, FloatPointer pointer, FloatBuffer buffer, ShortBuffer halves, OffHeap offHeap) {
  /** The most floats of one block: what a Java buffer can address. */
  static final int MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  /** New memory, not zeroed. */
  static NativeMemory allocate(int floats) {
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, floats);
    FloatPointer pointer = new FloatPointer(array.data().addressPointer()).capacity(floats);
    ShortBuffer halves = new ShortPointer(pointer).capacity(2L * floats).asBuffer();
    ByteBuffer bytes = new BytePointer(pointer).capacity((long) floats * Float.BYTES).asBuffer();
    OffHeap offHeap = OffHeap.of(bytes.order(ByteOrder.nativeOrder()));
    return new NativeMemory(array, pointer, pointer.asBuffer(), halves, offHeap);
  }

  int floats() {
    return buffer.capacity();
  }

  public long bytes() {
    return (long) floats() * Float.BYTES;
  }

  /** Gives the memory back to ND4J at once. */
  void free() {
    array.close();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
