package org.seqgan.api.operation;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Every window of neighbouring positions, laid out in a row: {@code y[b, t]} is {@code x[b, t - p]}
 * to {@code x[b, t - p + width - 1]} one after another, 0 for positions that x does not have, with
 * p the padding. A convolution over time is a product of these rows with weights {@code [width C,
 * F]}. The gradient is {@link Fold}, whose gradient is this, so that a convolution can be derived
 * more than once.
 *
 * @param x {@code [B, T, C]}; the result is {@code [B, T', width C]} with {@code T' = T + 2 padding
 *     - width + 1}
 * @param width positions of a window, at least 1
 * @param padding zeros before the first position and after the last
 */
public record Windows(Tensor x, int width, int padding) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(x, 3);
    shapes.require(
        width >= 1 && padding >= 0 && count() >= 1,
        "windows of %d positions, but x[B, T, C] is %s with %d zeros at both ends",
        width,
        x,
        padding);
  }

  /** T'. */
  private int count() {
    return x.dim(1) + 2 * padding - width + 1;
  }

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor zeros = temporary.zeros(x.dim(0), padding, x.dim(2));
      Tensor padded = padding == 0 ? x : temporary.concat(List.of(zeros, x, zeros), 1);
      List<Tensor> parts = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        parts.add(temporary.slice(padded, 1, j, j + count()));
      }
      return Forward.of(scope.concat(parts, 2));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(new Fold(dOutput, width, padding).compose(scope).output());
  }
}
