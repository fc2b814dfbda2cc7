package org.seqgan.backend.dl4j.product;

import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.operation.AdamUpdate;

/**
 * The derivative by a matrix of weights, {@code dW = x^T dSum}, before it is written out. It is far
 * larger than its factors, and an optimiser reads each of its numbers once: so {@link AdamUpdate}
 * computes it block by block, in cache, and whoever else asks for its numbers has them written out.
 *
 * @param multiplier computes the product
 * @param x {@code [k, m]}
 * @param dSum {@code [k, n]}
 * @param size m, n and k
 */
public record OuterProducts(
    Multiplier multiplier, Multiplier.Operand x, Multiplier.Operand dSum, Gemm.Size size) {
  /** Computes a block, on the calling thread, into a matrix of the block's size. */
  public void multiply(BlockPlan.Block block, Matrix out) {
    multiplier.multiply(
        x.from(0, block.row()),
        true,
        dSum.from(0, block.column()),
        false,
        out,
        new Gemm.Size(block.rows(), block.columns(), size.k()),
        false);
  }

  /** All of it as one block. */
  public BlockPlan.Block whole() {
    return new BlockPlan.Block(0, 0, size.m(), size.n());
  }
}
