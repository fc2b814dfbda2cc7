package org.seqgan.api.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Joins tensors along an axis; each gets its part of the gradient.
 *
 * @param parts at least one; their other axes must agree
 */
public record Concat(List<Tensor> parts, int axis) implements Differentiable {
  /** Copies the list. */
  public Concat {
    parts = List.copyOf(parts);
  }

  @Override
  public List<Tensor> inputs() {
    return parts;
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(!parts.isEmpty(), "nothing to join");
    shapes.axis(parts.get(0), axis);
    for (Tensor part : parts) {
      int[] expected = parts.get(0).shape();
      shapes.require(
          part.rank() == expected.length, "%s and %s differ in rank", parts.get(0), part);
      expected[axis] = part.dim(axis);
      shapes.require(
          Arrays.equals(part.shape(), expected),
          "%s and %s differ beside axis %d",
          parts.get(0),
          part,
          axis);
    }
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.concat(parts, axis));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    List<Tensor> gradients = new ArrayList<>();
    int from = 0;
    for (Tensor part : parts) {
      int to = from + part.dim(axis);
      gradients.add(scope.slice(dOutput, axis, from, to));
      from = to;
    }
    return gradients;
  }
}
