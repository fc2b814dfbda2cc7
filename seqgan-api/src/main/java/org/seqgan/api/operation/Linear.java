package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * {@code y = activation(x W + b)}.
 *
 * <pre>
 * ds = dy activation'(y)    dx = ds W^T    dW = x^T ds    db = 1^T ds
 * </pre>
 *
 * @param x {@code [n, i]}
 * @param weights W, {@code [i, o]}
 * @param bias b, {@code [o]}; the result is {@code [n, o]}
 */
public record Linear(Tensor x, Tensor weights, Tensor bias, Activation activation)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x, weights, bias);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.linear(x, weights, bias);
  }

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor y =
          scope.binary(BinaryOperation.ADD, temporary.matmul(x, false, weights, false), bias);
      activation.function().ifPresent(function -> scope.backend().unary(function, y, y));
      return Forward.of(y);
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dSum =
          activation
              .function()
              .map(f -> Unary.gradientFromOutput(temporary, f, forward.output(), dOutput))
              .orElse(dOutput);
      return List.of(
          scope.matmul(dSum, false, weights, true),
          scope.matmul(x, true, dSum, false),
          scope.reduce(Reduction.SUM, dSum, 0));
    }
  }
}
