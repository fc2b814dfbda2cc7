package org.seqgan.api.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * {@code y = f(a, b)}, element by element.
 *
 * @param function any but {@link BinaryOperation#LESS}, which has no derivative
 * @param a of the result's shape
 * @param b of a's shape, or a vector {@code [n]} that is repeated for every row of a's last axis,
 *     or {@code [1]}; the gradient of a repeated one is summed over its repetitions
 */
public record Binary(BinaryOperation function, Tensor a, Tensor b) implements Differentiable {
  /**
   * Refuses what cannot be derived.
   *
   * @throws UnsupportedOperationException for {@link BinaryOperation#LESS}
   */
  public Binary {
    if (function == BinaryOperation.LESS) {
      throw new UnsupportedOperationException(
          "LESS has no derivative; compute it on values and use constant(...)");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(
        Arrays.equals(a.shape(), b.shape())
            || (b.rank() == 1
                && (b.dim(0) == 1 || (a.rank() > 0 && b.dim(0) == a.dim(a.rank() - 1)))),
        "%s of %s and %s: the second must have the first's shape, its last axis, or [1]",
        function,
        a,
        b);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.binary(function, a, b));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(byA(scope, dOutput), summed(scope, byB(scope, dOutput)));
  }

  private Tensor byA(TensorScope scope, Tensor dy) {
    return switch (function) {
      case ADD, SUBTRACT -> dy;
      case MULTIPLY -> times(scope, dy, b);
      case DIVIDE -> scope.binary(BinaryOperation.DIVIDE, dy, b);
      // Where both are equal, the first of the two gets the gradient.
      case MAX -> times(scope, dy, scope.affine(scope.binary(BinaryOperation.LESS, a, b), -1, 1));
      case LESS -> throw new AssertionError(function);
    };
  }

  private Tensor byB(TensorScope scope, Tensor dy) {
    return switch (function) {
      case ADD -> dy;
      case SUBTRACT -> scope.affine(dy, -1, 0);
      case MULTIPLY -> times(scope, dy, a);
      case DIVIDE -> {
        Tensor quotient =
            scope.binary(BinaryOperation.DIVIDE, scope.binary(BinaryOperation.DIVIDE, a, b), b);
        yield scope.affine(times(scope, dy, quotient), -1, 0);
      }
      case MAX -> times(scope, dy, scope.binary(BinaryOperation.LESS, a, b));
      case LESS -> throw new AssertionError(function);
    };
  }

  /** Summed over the repetitions of b. */
  private Tensor summed(TensorScope scope, Tensor gradient) {
    if (Arrays.equals(gradient.shape(), b.shape())) {
      return gradient;
    }
    int columns = b.size();
    return scope.reduce(
        Reduction.SUM, scope.reshape(gradient, gradient.size() / columns, columns), 0);
  }

  /** The product of two tensors, element by element, which most gradients have somewhere. */
  static Tensor times(TensorScope scope, Tensor a, Tensor b) {
    return scope.binary(BinaryOperation.MULTIPLY, a, b);
  }
}
