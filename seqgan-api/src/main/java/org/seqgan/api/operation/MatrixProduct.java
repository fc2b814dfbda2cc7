package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * {@code Y = A B}, with {@code dA = dY B^T} and {@code dB = A^T dY}.
 *
 * @param a {@code [m, k]}
 * @param b {@code [k, n]}; the result is {@code [m, n]}
 */
public record MatrixProduct(Tensor a, Tensor b) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(a, 2);
    shapes.rank(b, 2);
    shapes.require(a.dim(1) == b.dim(0), "a[m, k] is %s, b[k, n] %s", a, b);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.matmul(a, false, b, false));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return List.of(scope.matmul(dOutput, false, b, true), scope.matmul(a, true, dOutput, false));
  }
}
