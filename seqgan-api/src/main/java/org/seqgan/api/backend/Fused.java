package org.seqgan.api.backend;

import java.util.List;

/**
 * A backend's own way to compute one operation, faster than its composition of primitives and equal
 * to it up to rounding. Shapes are checked and operands open before it is called.
 *
 * @param <O> the operation
 * @param <R> its result
 */
public interface Fused<O extends Operation<R>, R> {
  /** Whether it can compute this one; where not, the operation is composed. */
  default boolean fits(O operation) {
    return true;
  }

  /** Computes the result, which lives in the scope with all that a gradient will need. */
  R run(TensorScope scope, O operation);

  /**
   * The same for an operation with a gradient, which is fused with it: it alone knows what the
   * forward pass saved.
   *
   * @param <O> the operation
   */
  interface WithGradient<O extends Differentiable> extends Fused<O, Forward> {
    /** See {@link Differentiable#composeGradients}; {@code forward} is what {@link #run} gave. */
    List<Tensor> gradients(TensorScope scope, O operation, Forward forward, Tensor dOutput);
  }
}
