package org.seqgan.backend.dl4j.operation;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * The derivative by the input of linear maps, {@code dX[n, i] = sum of dSum[n, o] W[i, o]^T}.
 *
 * <p>For few rows a native product spends most of its time on transposing W, which is by far the
 * largest operand. So it is computed as {@code dX^T = W dSum^T}, block by block of W's rows, and
 * the small operand and result are transposed: measured 2.4 times as fast for 64 rows of width
 * 1720, and a tenth faster again where dSum is transposed once, not by the product of each block.
 */
final class InputGradients {
  /** From here on, transposing W is paid for by the rows that use it. */
  private static final int MANY_ROWS = 512;

  private final Engine engine;
  private final Products products;

  InputGradients(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
  }

  /**
   * One linear map.
   *
   * @param dSum {@code [n, o]}: the derivative by its result
   * @param weights {@code [i, o]}
   */
  record Term(Matrix dSum, Matrix weights) {}

  /**
   * Writes the derivative, or adds it to what {@code dX} holds.
   *
   * @param size n, i and o
   */
  void compute(List<Term> terms, Matrix dX, Gemm.Size size, boolean accumulate) {
    if (size.m() >= MANY_ROWS) {
      float beta = accumulate ? 1f : 0f;
      products.forEachBlock(
          BlockPlan.of(size), (block, scratch) -> direct(terms, dX, size, beta, block, scratch));
    } else {
      engine.withTemporary(
          terms.size() * size.m() * size.k(),
          memory -> transposed(terms, memory, dX, size, accumulate));
    }
  }

  /** With memory for the transposes of all dSum. */
  private void transposed(
      List<Term> terms, FloatRegion memory, Matrix dX, Gemm.Size size, boolean accumulate) {
    List<Term> ofTransposed = new ArrayList<>();
    for (Term term : terms) {
      FloatRegion dSum = memory.from(ofTransposed.size() * size.m() * size.k());
      products.transpose(term.dSum(), size.m(), dSum);
      ofTransposed.add(new Term(dSum.matrix(size.m()), term.weights()));
    }
    Gemm.Size transposed = new Gemm.Size(size.n(), size.m(), size.k());
    products.forEachBlock(
        BlockPlan.rows(transposed),
        (block, scratch) -> transposed(ofTransposed, dX, transposed, accumulate, block, scratch));
  }

  private void direct(
      List<Term> terms,
      Matrix dX,
      Gemm.Size size,
      float firstBeta,
      BlockPlan.Block block,
      Scratch scratch) {
    float beta = firstBeta;
    for (Term term : terms) {
      Products.Product product =
          new Products.Product(term.dSum(), false, term.weights(), true, dX, beta);
      products.multiply(product, size, block, scratch);
      beta = 1f;
    }
  }

  /**
   * Computes some rows of dX^T in a tile, then writes them as columns of dX.
   *
   * @param terms with dSum^T for dSum
   */
  private void transposed(
      List<Term> terms,
      Matrix dX,
      Gemm.Size size,
      boolean accumulate,
      BlockPlan.Block block,
      Scratch scratch) {
    Matrix tile = scratch.tile(0, block.rows() * block.columns()).matrix(block.columns());
    float beta = 0f;
    for (Term term : terms) {
      Matrix weights = term.weights().from(block.row(), 0);
      Products.Product product =
          new Products.Product(weights, false, term.dSum(), false, tile, beta);
      BlockPlan.Block whole = new BlockPlan.Block(0, 0, block.rows(), block.columns());
      products.multiply(product, size, whole, scratch);
      beta = 1f;
    }
    int inputs = block.rows();
    int rows = block.columns();
    float[] values = scratch.heap(0, inputs * rows);
    float[] row = scratch.heap(1, inputs);
    float[] before = scratch.heap(2, inputs);
    tile.region().load(0, values, 0, inputs * rows);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < inputs; i++) {
        row[i] = values[i * rows + r];
      }
      int at = r * dX.stride() + block.row();
      if (accumulate) {
        dX.region().load(at, before, 0, inputs);
        engine.kernels().addScaled(before, 0, 1f, row, 0, inputs);
      }
      dX.region().store(at, row, 0, inputs);
    }
  }
}
