package org.seqgan.api.operation;

import java.util.List;
import java.util.stream.IntStream;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The axes in another order: {@code y[i0, i1, ...]} is the element of a whose index along axis
 * {@code axes[j]} is {@code ij}. {@code axes = [1, 0]} transposes a matrix. The gradient has its
 * axes put back.
 *
 * @param axes each of a's axes once; axis j of the result is axis {@code axes[j]} of a
 */
public record Permute(Tensor a, List<Integer> axes) implements Differentiable {
  /** Copies the axes. */
  public Permute {
    axes = List.copyOf(axes);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(
        axes.stream().sorted().toList().equals(IntStream.range(0, a.rank()).boxed().toList()),
        "%s does not name each axis of %s once",
        axes,
        a);
  }

  /** The shape of the result. */
  public int[] shape() {
    return axes.stream().mapToInt(a::dim).toArray();
  }

  /** How far apart in a two neighbours along each axis of the result are, in elements. */
  public int[] strides() {
    int[] strides = new int[a.rank()];
    int stride = 1;
    for (int axis = a.rank() - 1; axis >= 0; axis--) {
      strides[axes.indexOf(axis)] = stride;
      stride *= a.dim(axis);
    }
    return strides;
  }

  /** How many of the last axes stay where they are, so that their elements move together. */
  public int unmoved() {
    int count = 0;
    while (count < a.rank() && axes.get(a.rank() - 1 - count) == a.rank() - 1 - count) {
      count++;
    }
    return count;
  }

  /** Gathers rows, each as long as the last axes that stay where they are. */
  @Override
  public Forward compose(TensorScope scope) {
    int[] shape = shape();
    if (a.size() == 0) {
      return Forward.of(scope.allocate(shape));
    }
    int moved = a.rank() - unmoved();
    int width = 1;
    for (int axis = moved; axis < shape.length; axis++) {
      width *= shape[axis];
    }
    int[] sources = sources(shape, moved, width);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor rows = temporary.reshape(a, sources.length, width);
      Tensor gathered = scope.gatherRows(rows, temporary.ints(sources, sources.length));
      return Forward.of(scope.reshape(gathered, shape));
    }
  }

  /** For each row of the result, the row of a that it is. */
  private int[] sources(int[] shape, int moved, int width) {
    int[] strides = strides();
    int[] sources = new int[a.size() / width];
    int[] index = new int[moved];
    for (int i = 0; i < sources.length; i++) {
      int source = 0;
      for (int axis = 0; axis < moved; axis++) {
        source += index[axis] * (strides[axis] / width);
      }
      sources[i] = source;
      for (int axis = moved - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return sources;
  }

  /** The permutation that puts the axes of the result back. */
  public Permute inverse(Tensor dOutput) {
    return new Permute(dOutput, IntStream.range(0, a.rank()).map(axes::indexOf).boxed().toList());
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(inverse(dOutput).compose(scope).output());
  }
}
