package org.seqgan.backend.dl4j.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.seqgan.backend.dl4j.memory.OffHeap;

/**
 * Vectors of {@link OffHeap}; meant to be inlined into {@link VectorKernels}. What the Vector API
 * calls them differs by Java, and none has both: so the methods are looked up once, and called by
 * handles that are constants to the just-in-time compiler, which makes plain loads and stores of
 * them.
 */
final class VectorMemory {
  private static final @Nullable MethodHandle LOAD = find(true);
  private static final @Nullable MethodHandle STORE = find(false);

  private VectorMemory() {}

  /** Whether this Java can; 21 cannot, as its memory segments are a preview. */
  static boolean isThere() {
    return LOAD != null && STORE != null;
  }

  /** The vector at a place, in bytes. */
  static FloatVector load(Object memory, int at) {
    try {
      return (FloatVector) LOAD.invokeExact(memory, at);
    } catch (Throwable e) {
      throw InliningBarrier.unchecked(e);
    }
  }

  static void store(FloatVector vector, Object memory, int at) {
    try {
      STORE.invokeExact(vector, memory, at);
    } catch (Throwable e) {
      throw InliningBarrier.unchecked(e);
    }
  }

  private static @Nullable MethodHandle find(boolean load) {
    int java = Runtime.version().feature();
    try {
      if (java < 21) {
        return load
            ? loading("fromByteBuffer", ByteBuffer.class, int.class)
            : storing("intoByteBuffer", ByteBuffer.class, int.class);
      }
      if (java < OffHeap.FIRST_WITH_SEGMENTS) {
        return null;
      }
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      return load
          ? loading("fromMemorySegment", segment, long.class)
          : storing("intoMemorySegment", segment, long.class);
    } catch (ReflectiveOperationException e) {
      // A Vector API that is not as it was: loops on the heap do the same.
      return null;
    }
  }

  private static MethodHandle loading(String name, Class<?> memory, Class<?> place)
      throws ReflectiveOperationException {
    MethodHandle method =
        MethodHandles.publicLookup()
            .findStatic(
                FloatVector.class,
                name,
                MethodType.methodType(
                    FloatVector.class, VectorSpecies.class, memory, place, ByteOrder.class));
    MethodHandle ofSpecies = MethodHandles.insertArguments(method, 0, VectorMath.SPECIES);
    return MethodHandles.insertArguments(ofSpecies, 2, ByteOrder.nativeOrder())
        .asType(MethodType.methodType(FloatVector.class, Object.class, int.class));
  }

  private static MethodHandle storing(String name, Class<?> memory, Class<?> place)
      throws ReflectiveOperationException {
    MethodHandle method =
        MethodHandles.publicLookup()
            .findVirtual(
                FloatVector.class,
                name,
                MethodType.methodType(void.class, memory, place, ByteOrder.class));
    return MethodHandles.insertArguments(method, 3, ByteOrder.nativeOrder())
        .asType(MethodType.methodType(void.class, FloatVector.class, Object.class, int.class));
  }
}
