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
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A block of float32 memory outside the Java heap: a flat, detached ND4J vector. The pointer goes
 * to native matrix products, the buffer to copies between it and the heap; both may be used from
 * any thread, as long as neither's position is changed.
 *
 * <p>It begins a cache line: ND4J's large vectors begin 16 bytes into one, where each vector of the
 * processor lies in two lines and takes up to twice as long to load and to store.
 *
 * @param owner what the memory is a part of
 * @param array the memory as ND4J sees it
 * @param pointer its address
 * @param buffer the same memory, for bulk copies
 * @param halves the same memory as numbers of 16 bits
 * @param offHeap the same memory, for vector loops that do without copies
 */
public record NativeMemory(
    INDArray owner,
    INDArray array,
    FloatPointer pointer,
    FloatBuffer buffer,
    ShortBuffer halves,
    OffHeap offHeap) {
  private static final int LINE = 64;
  private static final int FLOATS_OF_LINE = LINE / Float.BYTES;

  /** The most floats of one block: what a Java buffer can address. */
  static final int MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES - FLOATS_OF_LINE;

  /** New memory, not zeroed. */
  static NativeMemory allocate(int floats) {
    INDArray owner = Nd4j.createUninitializedDetached(DataType.FLOAT, floats + FLOATS_OF_LINE);
    FloatPointer whole = new FloatPointer(owner.data().addressPointer());
    int first = (int) Math.floorMod(-whole.address(), (long) LINE) / Float.BYTES;
    INDArray array = owner.get(NDArrayIndex.interval(first, first + floats));
    FloatPointer pointer = whole.getPointer(first).capacity(floats);
    ShortBuffer halves = new ShortPointer(pointer).capacity(2L * floats).asBuffer();
    ByteBuffer bytes = new BytePointer(pointer).capacity((long) floats * Float.BYTES).asBuffer();
    OffHeap offHeap = OffHeap.of(bytes.order(ByteOrder.nativeOrder()));
    return new NativeMemory(owner, array, pointer, pointer.asBuffer(), halves, offHeap);
  }

  int floats() {
    return buffer.capacity();
  }

  public long bytes() {
    return (long) floats() * Float.BYTES;
  }

  /** Gives the memory back to ND4J at once. */
  void free() {
    owner.close();
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
