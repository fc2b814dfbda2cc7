package org.seqgan.api.operation;

import java.util.Collections;
import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Reduces one axis, which disappears from the shape (a vector becomes {@code [1]}). The gradient of
 * a sum goes to every element, that of a mean to every element in equal shares, that of a maximum
 * to the first element that has it.
 */
public record Reduce(Reduction reduction, Tensor a, int axis) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.axis(a, axis);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.reduce(reduction, a, axis));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      return List.of(
          switch (reduction) {
            case SUM -> repeat(scope, dOutput, a, axis);
            case MEAN -> scope.affine(repeat(temporary, dOutput, a, axis), 1f / a.dim(axis), 0);
            case MAX ->
                scope.binary(
                    BinaryOperation.MULTIPLY,
                    repeat(temporary, dOutput, a, axis),
                    oneAtMaximum(temporary));
          });
    }
  }

  /** Undoes a reduction's shape: every element along the axis gets the reduced one. */
  static Tensor repeat(TensorScope scope, Tensor reduced, Tensor like, int axis) {
    if (axis == like.rank() - 1) {
      return repeatAlongRows(scope, reduced, like);
    }
    int[] one = like.shape();
    one[axis] = 1;
    Tensor slice = scope.reshape(reduced, one);
    return scope.concat(Collections.nCopies(like.dim(axis), slice), axis);
  }

  /** By a product with ones, as joining single numbers is slow; times one, each is what it was. */
  private static Tensor repeatAlongRows(TensorScope scope, Tensor reduced, Tensor like) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor ones = temporary.allocate(1, like.dim(like.rank() - 1));
      temporary.fill(ones, 1f);
      Tensor column = temporary.reshape(reduced, reduced.size(), 1);
      return scope.reshape(scope.matmul(column, false, ones, false), like.shape());
    }
  }

  /** 1 at the first maximum along the axis, else 0; the positions are read to the host. */
  private Tensor oneAtMaximum(TensorScope scope) {
    int inner = 1;
    for (int i = axis + 1; i < a.rank(); i++) {
      inner *= a.dim(i);
    }
    int length = a.dim(axis);
    int[] positions = scope.read(scope.argMax(a, axis));
    float[] mask = new float[a.size()];
    for (int i = 0; i < positions.length; i++) {
      mask[(i / inner * length + positions[i]) * inner + i % inner] = 1;
    }
    return scope.tensor(mask, a.shape());
  }
}
