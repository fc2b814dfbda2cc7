package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/** {@code y = scale a + shift}, and {@code da = scale dy}; all of one shape. */
public record Affine(Tensor a, float scale, float shift) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {}

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.affine(a, scale, shift));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(scope.affine(dOutput, scale, 0));
  }
}
