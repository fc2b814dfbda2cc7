package org.seqgan.backend.dl4j.operation;

import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.Gemm;

/** Matrix products, shared out among the workers block by block of the result. */
public final class Products {
  private static final int TRANSPOSED_COLUMNS = 256;

  private final Engine engine;

  public Products(Engine engine) {
    this.engine = engine;
  }

  /** A product to compute: {@code c = op(a) op(b) + beta c}. */
  public record Product(
      FloatRegion.Matrix a,
      boolean transposeA,
      FloatRegion.Matrix b,
      boolean transposeB,
      FloatRegion.Matrix c,
      float beta) {}

  /** What is done with a block of the result while it is in cache. */
  @FunctionalInterface
  interface Epilogue {
    /** Works on one block of the result. */
    void accept(BlockPlan.Block block, Scratch scratch);
  }

  /** Computes a whole product. */
  public void multiply(Product product, Gemm.Size size) {
    if (size.m() == 0 || size.n() == 0) {
      return;
    }
    forEachBlock(BlockPlan.of(size), (block, scratch) -> multiply(product, size, block, scratch));
  }

  /** Shares out the blocks of a plan. */
  void forEachBlock(BlockPlan plan, Epilogue body) {
    if (plan.size().m() == 0 || plan.size().n() == 0) {
      return;
    }
    engine.workers().forEach(plan.blocks(), (i, scratch) -> body.accept(plan.block(i), scratch));
  }

  /** Computes one block of a product on the calling thread. */
  public void multiply(Product product, Gemm.Size size, BlockPlan.Block block, Scratch scratch) {
    FloatRegion.Matrix c = product.c().from(block.row(), block.column());
    if (size.k() == 0) {
      clear(c, block, product.beta(), scratch);
      return;
    }
    FloatRegion.Matrix a =
        product.transposeA() ? product.a().from(0, block.row()) : product.a().from(block.row(), 0);
    FloatRegion.Matrix b =
        product.transposeB()
            ? product.b().from(block.column(), 0)
            : product.b().from(0, block.column());
    Gemm.Size part = new Gemm.Size(block.rows(), block.columns(), size.k());
    engine
        .gemm()
        .multiply(a, product.transposeA(), b, product.transposeB(), c, part, product.beta());
  }

  /**
   * The sums of a block's columns over all rows: {@code out = 1^T matrix + beta out}, on the
   * calling thread.
   */
  void columnSums(
      FloatRegion.Matrix matrix,
      int rows,
      BlockPlan.Block block,
      FloatRegion out,
      float beta,
      Scratch scratch) {
    FloatRegion ones = scratch.tile(1, rows);
    engine.fill(ones, 0, rows, 1f, scratch);
    Product product =
        new Product(
            ones.matrix(Math.max(1, rows)),
            false,
            matrix,
            false,
            out.matrix(matrix.stride()),
            beta);
    BlockPlan.Block part = new BlockPlan.Block(0, block.column(), 1, block.columns());
    multiply(product, new Gemm.Size(1, block.columns(), rows), part, scratch);
  }

  /** Writes the transpose of a matrix whose rows follow one another. */
  void transpose(FloatRegion.Matrix matrix, int rows, FloatRegion out) {
    int columns = matrix.stride();
    engine
        .workers()
        .forEach(
            (columns + TRANSPOSED_COLUMNS - 1) / TRANSPOSED_COLUMNS,
            (block, scratch) -> {
              int from = block * TRANSPOSED_COLUMNS;
              int count = Math.min(TRANSPOSED_COLUMNS, columns - from);
              float[] row = scratch.heap(0, count);
              float[] transposed = scratch.heap(1, count * rows);
              for (int r = 0; r < rows; r++) {
                matrix.region().load(r * columns + from, row, 0, count);
                for (int i = 0; i < count; i++) {
                  transposed[i * rows + r] = row[i];
                }
              }
              out.store(from * rows, transposed, 0, count * rows);
            });
  }

  private void clear(FloatRegion.Matrix c, BlockPlan.Block block, float beta, Scratch scratch) {
    if (beta != 0f) {
      return;
    }
    for (int row = 0; row < block.rows(); row++) {
      engine.fill(c.region(), row * c.stride(), block.columns(), 0f, scratch);
    }
  }
}
