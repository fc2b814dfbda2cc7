package org.seqgan.backend.dl4j;

import static org.seqgan.backend.dl4j.operation.Dl4jTensor.region;
import static org.seqgan.backend.dl4j.operation.LinearLayer.matrix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.seqgan.api.backend.Axis;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.MemoryPool;
import org.seqgan.backend.dl4j.memory.NativeMemory;
import org.seqgan.backend.dl4j.memory.Workers;
import org.seqgan.backend.dl4j.operation.Dl4jIntTensor;
import org.seqgan.backend.dl4j.operation.Dl4jTensor;
import org.seqgan.backend.dl4j.operation.Elementwise;
import org.seqgan.backend.dl4j.operation.Engine;
import org.seqgan.backend.dl4j.operation.Products;
import org.seqgan.backend.dl4j.operation.Products.Product;
import org.seqgan.backend.dl4j.operation.Reductions;
import org.seqgan.backend.dl4j.operation.RowOperations;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier;
import org.seqgan.backend.dl4j.product.NativeThreads;

/**
 * The tensor backend of the CPU. Each operation is computed by a class of its own; this one holds
 * what lives as long as the backend, and decides which operations run fused.
 *
 * <p>One thread at a time, see {@link TensorBackend}; the operations use {@link Workers} inside.
 */
final class Dl4jBackend implements TensorBackend {
  private final Dl4jOptions options;
  private final Engine engine;
  private final Set<Storage> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Elementwise elementwise;
  private final Reductions reductions;
  private final RowOperations rows;
  private final Products products;
  private final FusedOperations fused;
  private long liveBytes;
  private long peakBytes;
  private long nativeLiveBytes;
  private boolean closed;

  private Dl4jBackend(Dl4jOptions options, Engine engine) {
    this.options = options;
    this.engine = engine;
    this.elementwise = new Elementwise(engine);
    this.reductions = new Reductions(engine);
    this.rows = new RowOperations(engine);
    this.products = new Products(engine);
    this.fused = FusedOperation.table(options, engine);
  }

  /** Starts the workers. */
  static Dl4jBackend open(Dl4jOptions options, Kernels kernels, Gemm gemm, Multiplier multiplier) {
    MemoryPool pool = new MemoryPool(options.memory().bytes());
    Workers workers = new Workers(options.threadCount(), pool, NativeThreads::limitToOne);
    return new Dl4jBackend(options, new Engine(pool, workers, kernels, gemm, multiplier));
  }

  @Override
  public String name() {
    return Dl4jBackendProvider.NAME;
  }

  @Override
  public MemoryUse memory() {
    long pooled = engine.pool().totalBytes() - nativeLiveBytes;
    return new MemoryUse(liveBytes, peakBytes, pooled, live.size());
  }

  @Override
  public long budgetBytes() {
    return options.memory().bytes();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      engine.workers().close();
    } finally {
      engine.multiplier().close();
      engine.pool().close();
      liveBytes = 0;
      nativeLiveBytes = 0;
      live.clear();
    }
  }

  // ---- storage ----

  @Override
  public Tensor allocate(int... shape) {
    requireOpen("allocate");
    Dl4jTensor tensor = new Dl4jTensor(engine.pool(), shape);
    long bytes = tensor.bytes();
    nativeLiveBytes += bytes;
    addLive(tensor, bytes);
    return tensor;
  }

  @Override
  public IntTensor allocateInts(int... shape) {
    requireOpen("allocateInts");
    Dl4jIntTensor tensor = new Dl4jIntTensor(shape);
    addLive(tensor, (long) tensor.size() * Integer.BYTES);
    return tensor;
  }

  /** The memory of a closed backend is freed, and to touch it could end the process. */
  private void requireOpen(String operation) {
    if (closed) {
      throw new IllegalStateException(operation + " (dl4j): the backend is closed");
    }
  }

  private void addLive(Storage storage, long bytes) {
    live.add(storage);
    liveBytes += bytes;
    peakBytes = Math.max(peakBytes, liveBytes);
  }

  @Override
  public void release(Storage storage) {
    if (closed) {
      return;
    }
    if (!live.remove(storage)) {
      throw new IllegalStateException(
          "release (dl4j): a tensor of shape "
              + storage
              + " is not held; it is a view, was released before, or is another backend's");
    }
    if (storage instanceof Dl4jTensor tensor) {
      NativeMemory memory = tensor.abandon();
      engine.pool().giveBack(memory);
      nativeLiveBytes -= memory.bytes();
      liveBytes -= memory.bytes();
    } else {
      liveBytes -= (long) storage.size() * Integer.BYTES;
    }
  }

  @Override
  public Tensor view(Tensor base, int offset, int... shape) {
    return new Dl4jTensor(region(base).from(offset), shape);
  }

  @Override
  public IntTensor view(IntTensor base, int offset, int... shape) {
    Dl4jIntTensor ints = Dl4jIntTensor.of(base);
    return new Dl4jIntTensor(ints.values(), ints.offset() + offset, shape);
  }

  @Override
  public void write(float[] values, Tensor out) {
    requireOpen("write");
    region(out).store(0, values, 0, values.length);
  }

  @Override
  public void write(int[] values, IntTensor out) {
    Dl4jIntTensor ints = Dl4jIntTensor.of(out);
    System.arraycopy(values, 0, ints.values(), ints.offset(), values.length);
  }

  @Override
  public void read(Tensor a, float[] out) {
    requireOpen("read");
    region(a).load(0, out, 0, a.size());
  }

  @Override
  public void read(IntTensor a, int[] out) {
    Dl4jIntTensor ints = Dl4jIntTensor.of(a);
    System.arraycopy(ints.values(), ints.offset(), out, 0, a.size());
  }

  @Override
  public void copy(Tensor a, Tensor out) {
    requireOpen("copy");
    elementwise.copy(region(a), region(out), a.size());
  }

  @Override
  public void fill(Tensor out, float value) {
    elementwise.fill(region(out), out.size(), value);
  }

  // ---- primitives ----

  @Override
  public void matmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out, boolean accumulate) {
    int inner = transposeA ? a.dim(0) : a.dim(1);
    products.multiply(
        new Product(
            matrix(a), transposeA, matrix(b), transposeB, matrix(out), accumulate ? 1f : 0f),
        new Gemm.Size(out.dim(0), out.dim(1), inner));
  }

  @Override
  public void unary(UnaryOperation operation, Tensor a, Tensor out) {
    elementwise.unary(operation, region(a), region(out), a.size());
  }

  @Override
  public void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
    elementwise.binary(operation, region(a), region(b), b.size(), region(out), a.size());
  }

  @Override
  public void affine(Tensor a, float scale, float shift, Tensor out) {
    elementwise.affine(region(a), scale, shift, region(out), a.size());
  }

  @Override
  public void addScaled(Tensor a, float scale, Tensor out) {
    elementwise.addScaled(region(a), scale, region(out), a.size());
  }

  @Override
  public void reduce(Reduction reduction, Tensor a, int axis, Tensor out) {
    reductions.reduce(reduction, region(a), Axis.of(a, axis), region(out));
  }

  @Override
  public void argMax(Tensor a, int axis, IntTensor out) {
    reductions.argMax(region(a), Axis.of(a, axis), Dl4jIntTensor.of(out));
  }

  @Override
  public void softmax(Tensor a, Tensor out) {
    softmax(a, false, out);
  }

  @Override
  public void logSoftmax(Tensor a, Tensor out) {
    softmax(a, true, out);
  }

  private void softmax(Tensor a, boolean logarithm, Tensor out) {
    int columns = a.dim(a.rank() - 1);
    if (columns > 0) {
      reductions.softmax(region(a), a.size() / columns, columns, logarithm, region(out));
    }
  }

  @Override
  public void gatherRows(Tensor table, IntTensor ids, Tensor out) {
    rows.gather(region(table), table.dim(0), table.dim(1), Dl4jIntTensor.of(ids), region(out));
  }

  @Override
  public void gatherRows(IntTensor table, IntTensor rows, IntTensor out) {
    RowOperations.gather(Dl4jIntTensor.of(table), Dl4jIntTensor.of(rows), Dl4jIntTensor.of(out));
  }

  @Override
  public void scatterAddRows(Tensor added, IntTensor ids, Tensor out) {
    rows.scatterAdd(region(added), Dl4jIntTensor.of(ids), region(out), out.dim(0), out.dim(1));
  }

  @Override
  public void concat(List<Tensor> parts, int axis, Tensor out) {
    requireOpen("concat");
    List<RowOperations.Part> regions = new ArrayList<>();
    for (Tensor part : parts) {
      regions.add(new RowOperations.Part(region(part), Axis.of(part, axis)));
    }
    rows.concat(regions, out.dim(axis), region(out));
  }

  @Override
  public void slice(Tensor a, int axis, int from, Tensor out) {
    requireOpen("slice");
    RowOperations.Part part = new RowOperations.Part(region(a), Axis.of(a, axis));
    rows.slice(part, from, out.dim(axis), region(out));
  }

  @Override
  public void uniform(RandomDraws draws, Tensor out) {
    elementwise.uniform(draws, region(out));
  }

  // ---- operations ----

  @Override
  public FusedOperations fused() {
    return fused;
  }
}
