package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.BatchedProduct;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * {@code batchedProduct} as one job for all products: large ones are cut into blocks, of small ones
 * several make a block, and tiny ones are computed on the heap, where a native call would take
 * longer than the product.
 */
public final class BatchedProducts implements Fused.WithGradient<BatchedProduct> {
  /** Multiplications that the heap does in the time of a native call, 0.3 to 2 microseconds. */
  private static final long TINY = 4096;

  private final Engine engine;
  private final Products products;

  public BatchedProducts(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
  }

  @Override
  public Forward run(TensorScope scope, BatchedProduct product) {
    return Forward.of(multiply(scope, product));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, BatchedProduct product, Forward forward, Tensor dOutput) {
    return product.ofGradients(dOutput).stream().map(each -> multiply(scope, each)).toList();
  }

  private Tensor multiply(TensorScope scope, BatchedProduct product) {
    Gemm.Size size = new Gemm.Size(product.m(), product.n(), product.k());
    Tensor out = scope.allocate(product.batch(), size.m(), size.n());
    if (out.size() == 0) {
      return out;
    }
    Batch batch =
        new Batch(
            Dl4jTensor.region(product.a()),
            product.transposeA(),
            Dl4jTensor.region(product.b()),
            product.transposeB(),
            Dl4jTensor.region(out),
            size);
    BlockPlan plan = BlockPlan.of(size);
    if (plan.blocks() > 1) {
      engine
          .workers()
          .forEach(
              product.batch() * plan.blocks(),
              (i, scratch) -> {
                Products.Product entry = batch.entry(i / plan.blocks());
                products.multiply(entry, size, plan.block(i % plan.blocks()), scratch);
              });
      return out;
    }
    int together = BlockPlan.productsOfABlock(size);
    engine
        .workers()
        .forEach(
            (product.batch() + together - 1) / together,
            (block, scratch) -> {
              int end = Math.min(product.batch(), (block + 1) * together);
              for (int i = block * together; i < end; i++) {
                if (tiny(size)) {
                  batch.multiplyOnHeap(i, engine.kernels(), scratch);
                } else {
                  products.multiply(batch.entry(i), size, plan.block(0), scratch);
                }
              }
            });
    return out;
  }

  /** Whether a native call would take longer than the product. */
  private static boolean tiny(Gemm.Size size) {
    return (long) size.m() * size.n() * size.k() <= TINY;
  }

  /** The operands of all products, one after another, and the size of one. */
  private record Batch(
      FloatRegion a,
      boolean transposeA,
      FloatRegion b,
      boolean transposeB,
      FloatRegion out,
      Gemm.Size size) {
    Products.Product entry(int i) {
      return new Products.Product(
          a.from(i * size.m() * size.k()).matrix(transposeA ? size.m() : size.k()),
          transposeA,
          b.from(i * size.k() * size.n()).matrix(transposeB ? size.k() : size.n()),
          transposeB,
          out.from(i * size.m() * size.n()).matrix(size.n()),
          0f);
    }

    /** Computes a product as sums of B's rows. */
    void multiplyOnHeap(int i, Kernels kernels, Scratch scratch) {
      int m = size.m();
      int n = size.n();
      int k = size.k();
      float[] left = load(a, i, transposeA, k, m, 0, scratch);
      float[] right = load(b, i, transposeB, n, k, 2, scratch);
      float[] result = scratch.heap(4, m * n);
      Arrays.fill(result, 0, m * n, 0f);
      int[] starts = scratch.ints(0, k);
      for (int row = 0; row < k; row++) {
        starts[row] = row * n;
      }
      float[] scales = scratch.heap(5, k);
      for (int row = 0; row < m; row++) {
        System.arraycopy(left, row * k, scales, 0, k);
        kernels.addScaledRows(right, starts, scales, 0, k, result, row * n, n);
      }
      out.store(i * m * n, result, 0, m * n);
    }

    /**
     * A matrix of a batch as it is to be multiplied.
     *
     * @param rows of the matrix as it is stored, if it is to be transposed
     * @param slot of two arrays
     */
    private static float[] load(
        FloatRegion region,
        int i,
        boolean transpose,
        int rows,
        int columns,
        int slot,
        Scratch scratch) {
      int floats = rows * columns;
      float[] stored = scratch.heap(slot, floats);
      region.load(i * floats, stored, 0, floats);
      if (!transpose) {
        return stored;
      }
      float[] transposed = scratch.heap(slot + 1, floats);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          transposed[column * rows + row] = stored[row * columns + column];
        }
      }
      return transposed;
    }
  }
}
