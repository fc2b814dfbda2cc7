package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/** The elements {@code from} to {@code to} (exclusive) of an axis; the others get no gradient. */
public record Slice(Tensor a, int axis, int from, int to) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.axis(a, axis);
    shapes.range(a, axis, from, to);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.slice(a, axis, from, to));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    int[] before = a.shape();
    before[axis] = from;
    int[] after = a.shape();
    after[axis] -= to;
    try (TensorScope temporary = scope.backend().openScope()) {
      return List.of(
          scope.concat(List.of(temporary.zeros(before), dOutput, temporary.zeros(after)), axis));
    }
  }
}
