package org.seqgan.api.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * A copy of the target in which the elements {@code from} to {@code from + part.dim(axis)}
 * (exclusive) of an axis are those of another tensor. The part gets its elements' gradient, the
 * target that of the others and 0 where it was replaced.
 *
 * @param target of the result's shape
 * @param part of the target's shape but along the axis, where it may be shorter
 * @param from where the part begins
 */
public record SliceAssignment(Tensor target, Tensor part, int axis, int from)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(target, part);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.axis(target, axis);
    int[] expected = target.shape();
    boolean fits = part.rank() == target.rank();
    if (fits) {
      expected[axis] = part.dim(axis);
      fits = Arrays.equals(part.shape(), expected);
    }
    shapes.require(fits, "%s and %s differ beside axis %d", target, part, axis);
    shapes.range(target, axis, from, to());
  }

  private int to() {
    return from + part.dim(axis);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(with(scope, target, part));
  }

  private Tensor with(TensorScope scope, Tensor around, Tensor inside) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor before = temporary.slice(around, axis, 0, from);
      Tensor after = temporary.slice(around, axis, to(), around.dim(axis));
      return scope.concat(List.of(before, inside, after), axis);
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      return List.of(
          with(scope, dOutput, temporary.zeros(part.shape())),
          scope.slice(dOutput, axis, from, to()));
    }
  }
}
