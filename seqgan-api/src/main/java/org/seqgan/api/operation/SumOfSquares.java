package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/**
 * {@code sum(a^2)} over all elements, and {@code da = 2 a dsum}.
 *
 * @param a of any shape; the result is {@code [1]}
 */
public record SumOfSquares(Tensor a) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(a.size() > 0, "expected an element, found shape %s", a);
  }

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor squares = temporary.unary(UnaryOperation.SQUARE, a);
      return Forward.of(scope.reduce(Reduction.SUM, temporary.reshape(squares, squares.size()), 0));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor doubled = temporary.affine(a, 2, 0);
      return List.of(scope.binary(BinaryOperation.MULTIPLY, doubled, dOutput));
    }
  }
}
