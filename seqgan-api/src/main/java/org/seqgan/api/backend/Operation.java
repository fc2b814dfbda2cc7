package org.seqgan.api.backend;

import java.util.List;

/**
 * An operation with its inputs, as a value: which shapes fit, and how its result is composed of
 * primitives. {@link TensorScope#run} is the only door: it checks, and lets the backend compute the
 * result in its own way where it has one ({@link FusedOperations}); the composition is the slow
 * twin that such a way is compared with.
 *
 * <p>To add an operation, write a record of its inputs that implements this, or {@link
 * Differentiable}, with the formula and the shapes in its javadoc. Give {@code seqgan-testkit} a
 * class of random inputs for it, named after it; the contract tests find both.
 *
 * @param <R> the result: a tensor, {@link Forward}, or a record of tensors
 */
public interface Operation<R> {
  /** For messages: the name of the class, beginning with a lower-case letter. */
  default String name() {
    String simple = getClass().getSimpleName();
    return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }

  /** Every tensor that is read or written. */
  List<? extends Storage> operands();

  /**
   * Checks the shapes of the operands, which are open.
   *
   * @throws ShapeException if they do not fit; see {@link ShapeCheck}
   */
  void check(ShapeCheck shapes);

  /**
   * Computes the result from primitives.
   *
   * @param scope in which the result lives, with all that a gradient will need; everything else
   *     goes into a scope of its own that closes before this returns
   */
  R compose(TensorScope scope);
}
