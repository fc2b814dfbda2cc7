package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/**
 * The logarithm of the {@link Softmax} over the last axis: {@code y = a - log(sum(e^a))} and {@code
 * da = dy - e^y sum(dy)}, each sum over a row.
 */
public record LogSoftmax(Tensor a) implements Differentiable {
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
    return Forward.of(scope.logSoftmax(a));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor softmax = temporary.unary(UnaryOperation.EXP, forward.output());
      Tensor shares = Softmax.shares(temporary, softmax, dOutput);
      return List.of(scope.binary(BinaryOperation.SUBTRACT, dOutput, shares));
    }
  }
}
