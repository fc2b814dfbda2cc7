package org.seqgan.api.backend;

/**
 * Shapes that do not fit an operation. The message names the operation, the backend and the shapes.
 */
public final class ShapeException extends IllegalArgumentException {
  /** An error with its text. */
  public ShapeException(String message) {
    super(message);
  }
}
