package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * A matrix product for each entry of a batch: {@code Y[i] = A[i] B[i]}, with {@code dA[i] = dY[i]
 * B[i]^T} and {@code dB[i] = A[i]^T dY[i]}.
 *
 * @param a A, {@code [b, m, k]}, or {@code [b, k, m]} if it is to be transposed
 * @param transposeA whether each A[i] is transposed first
 * @param b B, {@code [b, k, n]}, or {@code [b, n, k]} if it is to be transposed; the result is
 *     {@code [b, m, n]}
 * @param transposeB whether each B[i] is transposed first
 */
public record BatchedProduct(Tensor a, boolean transposeA, Tensor b, boolean transposeB)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  /** How many products. */
  public int batch() {
    return a.dim(0);
  }

  /** Rows of each product. */
  public int m() {
    return a.dim(transposeA ? 2 : 1);
  }

  /** Columns of each product. */
  public int n() {
    return b.dim(transposeB ? 1 : 2);
  }

  /** The length of each sum. */
  public int k() {
    return a.dim(transposeA ? 1 : 2);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(a, 3);
    shapes.rank(b, 3);
    shapes.require(
        b.dim(0) == batch() && b.dim(transposeB ? 2 : 1) == k(),
        "a%s is %s, b%s %s",
        transposeA ? "[b, k, m]" : "[b, m, k]",
        a,
        transposeB ? "[b, n, k]" : "[b, k, n]",
        b);
  }

  @Override
  public Forward compose(TensorScope scope) {
    Tensor out = scope.zeros(batch(), m(), n());
    try (TensorScope temporary = scope.backend().openScope()) {
      for (int i = 0; i < batch(); i++) {
        temporary.addMatmul(
            matrix(temporary, a, i),
            transposeA,
            matrix(temporary, b, i),
            transposeB,
            matrix(temporary, out, i));
      }
    }
    return Forward.of(out);
  }

  /** One entry of the batch, in the same memory. */
  private static Tensor matrix(TensorScope scope, Tensor batch, int i) {
    return scope.reshape(scope.rows(batch, i, i + 1), batch.dim(1), batch.dim(2));
  }

  /** The products that give the gradients by a and by b. */
  public List<BatchedProduct> ofGradients(Tensor dOutput) {
    return List.of(
        transposeA
            ? new BatchedProduct(b, transposeB, dOutput, true)
            : new BatchedProduct(dOutput, false, b, !transposeB),
        transposeB
            ? new BatchedProduct(dOutput, true, a, transposeA)
            : new BatchedProduct(a, !transposeA, dOutput, false));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return ofGradients(dOutput).stream().map(each -> each.compose(scope).output()).toList();
  }
}
