package org.seqgan.api.backend;

/**
 * Numbers on their way from the backend to the host. Nobody waits until somebody looks: an
 * asynchronous backend works on while they are copied. For the thread of the backend.
 */
@FunctionalInterface
public interface Reading {
  /**
   * The numbers, row-major; waits for them if it must.
   *
   * @throws RuntimeException if an operation before it failed
   */
  float[] get();

  /** Whether {@link #get} would return at once. */
  default boolean isDone() {
    return true;
  }
}
