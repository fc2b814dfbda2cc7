package org.seqgan.api.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Chosen tokens as one-hot rows whose gradient passes to the probabilities that they were chosen by
 * as it is: {@code dRelaxed = dy}, the straight-through estimator (Bengio, Leonard, Courville 2013,
 * arXiv 1308.3432). It is not the derivative, which is 0 almost everywhere.
 *
 * @param relaxed {@code [n, V]}, as the result; its numbers are not read
 * @param ids {@code [n]}: where each row has its 1, 0 to V-1
 */
public record StraightThrough(Tensor relaxed, IntTensor ids) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(relaxed);
  }

  @Override
  public List<Storage> operands() {
    return List.of(relaxed, ids);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(relaxed, 2);
    shapes.require(ids.hasShape(relaxed.dim(0)), "relaxed[n, V] is %s, ids[n] %s", relaxed, ids);
  }

  @Override
  public Forward compose(TensorScope scope) {
    Tensor rows = scope.zeros(relaxed.shape());
    try (TensorScope temporary = scope.backend().openScope()) {
      float[] ones = new float[ids.size()];
      Arrays.fill(ones, 1f);
      TargetCells.of(temporary, ids, relaxed.dim(1))
          .add(temporary, temporary.tensor(ones, ones.length, 1), rows);
    }
    return Forward.of(rows);
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(dOutput);
  }
}
