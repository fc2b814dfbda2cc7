package org.seqgan.api.backend;

/** Requires shapes to fit; an error names the operation, the backend and the shapes. Immutable. */
public final class ShapeCheck {
  private final String operation;
  private final String backend;

  ShapeCheck(String operation, String backend) {
    this.operation = operation;
    this.backend = backend;
  }

  /**
   * Requires a condition.
   *
   * @param format of the message, see {@link java.util.Formatter}; a tensor is shown as its shape
   * @throws ShapeException if the condition does not hold
   */
  @SuppressWarnings(
      "AnnotateFormatMethod") // Error Prone's annotation is no dependency of this module.
  public void require(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new ShapeException(
          operation + " (" + backend + "): " + String.format(format, arguments));
    }
  }

  /** Requires a number of axes. */
  public void rank(Storage a, int rank) {
    require(a.rank() == rank, "expected %d axes, found shape %s", rank, a);
  }

  /** Requires an axis to be there. */
  public void axis(Storage a, int axis) {
    require(axis >= 0 && axis < a.rank(), "no axis %d in shape %s", axis, a);
  }

  /** Requires {@code from} to {@code to} (exclusive) to lie on an axis. */
  public void range(Storage a, int axis, int from, int to) {
    require(
        from >= 0 && from <= to && to <= a.dim(axis),
        "%d to %d is outside axis %d of shape %s",
        from,
        to,
        axis,
        a);
  }

  /** Requires {@code x[n, i]}, {@code W[i, o]} and {@code b[o]}. */
  public void linear(Tensor x, Tensor weights, Tensor bias) {
    rank(x, 2);
    rank(weights, 2);
    require(
        weights.dim(0) == x.dim(1) && bias.hasShape(weights.dim(1)),
        "x[n, i] is %s, W[i, o] %s, b[o] %s",
        x,
        weights,
        bias);
  }
}
