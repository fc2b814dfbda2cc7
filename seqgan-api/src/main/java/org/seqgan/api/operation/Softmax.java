package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Softmax over the last axis: {@code y = e^a / sum(e^a)} and {@code da = y (dy - sum(dy y))}, each
 * sum over a row.
 */
public record Softmax(Tensor a) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(a.rank() > 0, "expected an axis, found shape %s", a);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.softmax(a));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(gradientFromOutput(scope, forward.output(), dOutput));
  }

  /** The gradient, which follows from the value y. */
  static Tensor gradientFromOutput(TensorScope scope, Tensor y, Tensor dy) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor products = temporary.binary(BinaryOperation.MULTIPLY, dy, y);
      return scope.binary(BinaryOperation.SUBTRACT, products, shares(temporary, y, products));
    }
  }

  /** {@code y sum(a)}, each sum over a row. */
  static Tensor shares(TensorScope scope, Tensor y, Tensor a) {
    int last = y.rank() - 1;
    Tensor sums = scope.reduce(Reduction.SUM, a, last);
    return scope.binary(BinaryOperation.MULTIPLY, y, Reduce.repeat(scope, sums, y, last));
  }
}
