package org.seqgan.backend.dl4j.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seqgan.api.backend.Tensor;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.MemoryPool;
import org.seqgan.backend.dl4j.memory.NativeMemory;
import org.seqgan.backend.dl4j.memory.Workers;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.OuterProducts;

/** Float32 numbers in ND4J's memory. */
public final class Dl4jTensor extends Tensor {
  private final FloatRegion region;
  private volatile @Nullable OuterProducts pending;

  /** A tensor with memory of its own. */
  public Dl4jTensor(MemoryPool pool, int... shape) {
    super(shape);
    this.region = new FloatRegion(pool.take(size()), 0);
  }

  /** A view. */
  public Dl4jTensor(FloatRegion region, int... shape) {
    super(shape);
    this.region = region;
  }

  /**
   * Where a tensor's numbers are.
   *
   * @throws IllegalArgumentException if another backend made it
   */
  public static FloatRegion region(Tensor tensor) {
    if (tensor instanceof Dl4jTensor own) {
      return own.region();
    }
    throw new IllegalArgumentException(
        "dl4j: a tensor of shape " + tensor + " was made by another backend");
  }

  public FloatRegion region() {
    if (pending != null) {
      writeOut();
    }
    return region;
  }

  /** The bytes of the memory it stands on. */
  public long bytes() {
    return region.memory().bytes();
  }

  /** Its memory, for others to use: what is pending is not written out. */
  public NativeMemory abandon() {
    pending = null;
    return region.memory();
  }

  /** Says what the numbers are, to be written out when somebody asks for them. */
  void defer(OuterProducts products) {
    pending = products;
  }

  /** What the numbers are, if they have not been written out. */
  Optional<OuterProducts> pending() {
    return Optional.ofNullable(pending);
  }

  private synchronized void writeOut() {
    OuterProducts products = pending;
    if (products != null) {
      products.multiply(products.whole(), region.matrix(products.size().n()));
      pending = null;
    }
  }

  /** Has the numbers written out by all threads; not to be called by one of them. */
  void writeOut(Workers workers) {
    OuterProducts products = pending;
    if (products != null) {
      BlockPlan plan = BlockPlan.columns(products.size());
      FloatRegion.Matrix matrix = region.matrix(products.size().n());
      workers.forEach(
          plan.blocks(),
          (i, scratch) -> {
            BlockPlan.Block block = plan.block(i);
            products.multiply(block, matrix.from(block.row(), block.column()));
          });
      pending = null;
    }
  }

  /** The same numbers as ND4J sees them: a vector that shares the memory. */
  public INDArray array() {
    return region()
        .memory()
        .array()
        .get(NDArrayIndex.interval(region.offset(), region.offset() + size()));
  }
}
