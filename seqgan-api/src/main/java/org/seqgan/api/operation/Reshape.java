package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The same elements under another shape, in the same memory.
 *
 * @param shape of as many elements as a has
 */
public record Reshape(Tensor a, List<Integer> shape) implements Differentiable {
  /** Copies the shape. */
  public Reshape {
    shape = List.copyOf(shape);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    shapes.require(size == a.size(), "%s cannot become %s", a, shape);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.reshape(a, shape.stream().mapToInt(Integer::intValue).toArray()));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(scope.reshape(dOutput, a.shape()));
  }
}
