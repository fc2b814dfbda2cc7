package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;

/**
 * Noise that, added to logits, makes the largest sum a draw from their softmax (Gumbel 1954):
 * {@code -log(-log(u + e) + e)} of uniform numbers u in [0, 1), with e = 1e-10, as in RelGAN's
 * released code (Nie et al. 2019, {@code add_gumbel}). A u of 0 gives -3.1 in the place of minus
 * infinity, and the largest u there is, {@code 1 - 2^-24}, gives 16.6.
 *
 * @param draws u, n V of them, row by row
 * @param rows n; the result is {@code [n, V]}
 * @param columns V
 */
public record GumbelNoise(RandomDraws draws, int rows, int columns) implements Operation<Tensor> {
  private static final float LEAST = 1e-10f;

  @Override
  public List<Storage> operands() {
    return List.of();
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(
        rows >= 0 && columns >= 0 && draws.count() == (long) rows * columns,
        "noise is [%d, %d], but there are %d draws",
        rows,
        columns,
        draws.count());
  }

  @Override
  public Tensor compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor uniform = temporary.reshape(temporary.uniform(draws), rows, columns);
      Tensor logarithm = temporary.unary(UnaryOperation.LOG, temporary.affine(uniform, 1f, LEAST));
      Tensor noise = temporary.unary(UnaryOperation.LOG, temporary.affine(logarithm, -1f, LEAST));
      return scope.affine(noise, -1f, 0f);
    }
  }
}
