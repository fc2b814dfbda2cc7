package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Adds up windows where they overlap, the transpose of {@link Windows}: {@code y[b, t]} is the sum
 * over j of part j of {@code windows[b, t + p - j]}, where there is one, with p the padding. The
 * gradient is {@link Windows}.
 *
 * @param windows {@code [B, T', width C]}; the result is {@code [B, T, C]} with {@code T = T' +
 *     width - 1 - 2 padding}
 * @param width positions of a window, at least 1
 * @param padding positions that are left out at both ends
 */
public record Fold(Tensor windows, int width, int padding) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(windows);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(windows, 3);
    shapes.require(
        width >= 1 && windows.dim(2) % width == 0 && padding >= 0 && time() >= 1,
        "windows[B, T', width C] of %d positions are %s, with %d left out at both ends",
        width,
        windows,
        padding);
  }

  private int time() {
    return windows.dim(1) + width - 1 - 2 * padding;
  }

  @Override
  public Forward compose(TensorScope scope) {
    int batch = windows.dim(0);
    int channels = windows.dim(2) / width;
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor sum = temporary.zeros(batch, windows.dim(1) + width - 1, channels);
      for (int j = 0; j < width; j++) {
        Tensor before = temporary.zeros(batch, j, channels);
        Tensor part = temporary.slice(windows, 2, j * channels, (j + 1) * channels);
        Tensor after = temporary.zeros(batch, width - 1 - j, channels);
        temporary.addScaled(temporary.concat(List.of(before, part, after), 1), 1f, sum);
      }
      return Forward.of(scope.slice(sum, 1, padding, padding + time()));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(new Windows(dOutput, width, padding).compose(scope).output());
  }
}
