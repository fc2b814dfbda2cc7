package org.seqgan.backend.dl4j.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Runs loops so that the just-in-time compiler compiles each by itself. Inlined into a caller,
 * after so much other code, the compiler gives up halfway through a loop of the Vector API, and
 * then every vector becomes an object: drawing tokens took almost three times as long (figures in
 * docs/adr/0007-work-that-is-not-done.md).
 *
 * <p>A method handle is inlined only where it is a constant, and one in a field of an instance is
 * none, so long as nobody holds that instance in a {@code static final} field.
 *
 * <p>Thread-safe: no state that changes.
 */
final class InliningBarrier {
  private final MethodHandle run = handle(Loop.class, void.class);
  private final MethodHandle compute = handle(Reduction.class, float.class);

  /** A loop that changes arrays. */
  @FunctionalInterface
  interface Loop {
    void run();
  }

  /** A loop that returns one number. */
  @FunctionalInterface
  interface Reduction {
    float run();
  }

  void run(Loop loop) {
    try {
      run.invokeExact(loop);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  float compute(Reduction reduction) {
    try {
      return (float) compute.invokeExact(reduction);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /**
   * A loop that is called too often for a lambda each time: a static method by its name.
   *
   * @return to be kept in a field of an instance
   */
  static MethodHandle handle(MethodHandles.Lookup lookup, String loop, MethodType type) {
    try {
      return lookup.findStatic(lookup.lookupClass(), loop, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a method of " + lookup.lookupClass(), e);
    }
  }

  private static MethodHandle handle(Class<?> type, Class<?> result) {
    try {
      return MethodHandles.lookup().findVirtual(type, "run", MethodType.methodType(result));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a method of this class", e);
    }
  }

  /** Loops throw nothing that is checked. */
  static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }
}
