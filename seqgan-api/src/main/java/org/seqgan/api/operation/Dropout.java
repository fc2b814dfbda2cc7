package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;

/**
 * Inverted dropout: {@code x[i] / keep} where draw i is below {@code keep}, else 0. Its gradient is
 * the same operation, with the same draws, on the derivative by its output.
 *
 * @param x of the result's shape
 * @param keep above 0, at most 1
 * @param draws one for each element of x
 */
public record Dropout(Tensor x, float keep, RandomDraws draws) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(keep > 0 && keep <= 1, "keep must be above 0 and at most 1, found %s", keep);
    shapes.require(draws.count() == x.size(), "x is %s, but there are %d draws", x, draws.count());
  }

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor threshold = temporary.tensor(new float[] {keep}, 1);
      Tensor kept = temporary.binary(BinaryOperation.LESS, temporary.uniform(draws), threshold);
      Tensor scaled = temporary.binary(BinaryOperation.DIVIDE, x, threshold);
      return Forward.of(
          scope.binary(BinaryOperation.MULTIPLY, scaled, temporary.reshape(kept, x.shape())));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(new Dropout(dOutput, keep, draws).compose(scope).output());
  }
}
