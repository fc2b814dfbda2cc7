package org.seqgan.backend.dl4j;

import java.util.Arrays;

/** Matrix products, shared out among the workers block by block of the result. */
final class Products {
  private final Engine engine;

  Products(Engine engine) {
    this.engine = engine;
  }

  /** A product to compute: {@code c = op(a) op(b) + beta c}. */
  record Product(
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
  void multiply(Product product, Gemm.Size size) {
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
  void multiply(Product product, Gemm.Size size, BlockPlan.Block block, Scratch scratch) {
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
   * Adds the sums of a block's columns to {@code out}: row after row, so that the order is fixed.
   *
   * @param rows how many rows the matrix has
   * @param block whose columns to add
   */
  void addColumnSums(
      FloatRegion.Matrix matrix,
      int rows,
      BlockPlan.Block block,
      FloatRegion out,
      Scratch scratch) {
    int columns = block.columns();
    float[] sums = scratch.heap(0, columns);
    out.load(block.column(), sums, 0, columns);
    sumColumns(matrix, rows, block, sums, scratch);
    out.store(block.column(), sums, 0, columns);
  }

  /** Writes the sums of a block's columns to {@code out}. */
  void columnSums(
      FloatRegion.Matrix matrix,
      int rows,
      BlockPlan.Block block,
      FloatRegion out,
      Scratch scratch) {
    int columns = block.columns();
    float[] sums = scratch.heap(0, columns);
    Arrays.fill(sums, 0, columns, 0f);
    sumColumns(matrix, rows, block, sums, scratch);
    out.store(block.column(), sums, 0, columns);
  }

  private void sumColumns(
      FloatRegion.Matrix matrix, int rows, BlockPlan.Block block, float[] sums, Scratch scratch) {
    float[] values = scratch.heap(1, block.columns());
    for (int row = 0; row < rows; row++) {
      matrix.region().load(row * matrix.stride() + block.column(), values, 0, block.columns());
      engine.kernels().addScaled(values, 0, 1f, sums, 0, block.columns());
    }
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
