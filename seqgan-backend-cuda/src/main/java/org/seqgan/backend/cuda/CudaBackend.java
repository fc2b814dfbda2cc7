package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.backend.cuda.driver.Counters;
import org.seqgan.backend.cuda.driver.Download;
import org.seqgan.backend.cuda.driver.Session;

/**
 * The tensor backend of one device. Each family of primitives is a class of its own; this one holds
 * what lives as long as the backend.
 *
 * <p>One thread at a time, see {@link TensorBackend}. Nothing waits for the device but reads, and
 * the allocation of memory that the pool does not have.
 */
final class CudaBackend implements TensorBackend {
  /** Larger reads go in pieces, so that pinned memory stays small. */
  private static final int WORDS_OF_A_READ = 1 << 20;

  private final CudaOptions options;
  private final Session session;
  private final MemoryPool pool;
  private final SmallWork small;
  private final Elementwise elementwise;
  private final Reductions reductions;
  private final Rows rows;
  private final Products products;
  private final FusedOperations fused;
  private long liveTensors;
  private long liveBytes;
  private long peakBytes;
  private boolean closed;

  CudaBackend(CudaOptions options, Session session) {
    this.options = options;
    this.session = session;
    this.pool = new MemoryPool(session, options.memory().bytes());
    this.small = new SmallWork(session);
    Engine engine = new Engine(session, pool, small, options.precision());
    this.elementwise = new Elementwise(engine);
    this.reductions = new Reductions(engine);
    this.rows = new Rows(engine);
    this.products = new Products(engine);
    this.fused = FusedOperation.table(options, engine);
  }

  @Override
  public String name() {
    return CudaBackendProvider.NAME;
  }

  @Override
  public MemoryUse memory() {
    return new MemoryUse(liveBytes, peakBytes, pool.idleBytes(), liveTensors);
  }

  @Override
  public long budgetBytes() {
    return options.memory().bytes();
  }

  /** What was asked of the driver so far. */
  Counters.Snapshot counters() {
    return session.counters().snapshot();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    liveTensors = 0;
    liveBytes = 0;
    try {
      pool.close();
    } finally {
      session.close();
    }
  }

  // ---- storage ----

  @Override
  public Tensor allocate(int... shape) {
    requireOpen("allocate");
    return addLive(new CudaTensor(pool, shape));
  }

  @Override
  public IntTensor allocateInts(int... shape) {
    requireOpen("allocate");
    return addLive(new CudaIntTensor(pool, shape));
  }

  /** After the end there is no device to ask. */
  private void requireOpen(String operation) {
    if (closed) {
      throw new IllegalStateException(operation + " (cuda): the backend is closed");
    }
  }

  private <S extends Storage> S addLive(S storage) {
    liveTensors++;
    liveBytes += DeviceMemory.placeOf(storage).block().bytes();
    peakBytes = Math.max(peakBytes, liveBytes);
    return storage;
  }

  @Override
  public void release(Storage storage) {
    if (closed) {
      return;
    }
    DeviceMemory memory = DeviceMemory.placeOf(storage);
    if (!memory.letGo()) {
      throw new IllegalStateException(
          "release (cuda): a tensor of shape "
              + storage
              + " is not held; it is a view, or was released before");
    }
    liveTensors--;
    liveBytes -= memory.block().bytes();
    pool.giveBack(memory.block());
  }

  @Override
  public Tensor view(Tensor base, int offset, int... shape) {
    return new CudaTensor(DeviceMemory.of(base).from(offset), shape);
  }

  @Override
  public IntTensor view(IntTensor base, int offset, int... shape) {
    return new CudaIntTensor(DeviceMemory.of(base).from(offset), shape);
  }

  @Override
  public void write(float[] values, Tensor out) {
    session.upload(values, address(out));
  }

  @Override
  public void write(int[] values, IntTensor out) {
    session.upload(values, address(out));
  }

  @Override
  public void read(Tensor a, float[] out) {
    read(a, (piece, at) -> piece.into(out, at));
  }

  @Override
  public void read(IntTensor a, int[] out) {
    read(a, (piece, at) -> piece.into(out, at));
  }

  /** Takes a piece of what is read to its place. */
  @FunctionalInterface
  private interface Pieces {
    void take(Download piece, int at);
  }

  private void read(Storage a, Pieces pieces) {
    int at = 0;
    do {
      int words = Math.min(WORDS_OF_A_READ, a.size() - at);
      pieces.take(good(session.download(DeviceMemory.of(a).from(at).address(), words)), at);
      at += words;
    } while (at < a.size());
  }

  @Override
  public Reading readLater(Tensor a) {
    if (a.size() > WORDS_OF_A_READ) {
      return TensorBackend.super.readLater(a);
    }
    Download download = session.download(address(a), a.size());
    return new DeferredReading(download, a.size());
  }

  /** Waits, and throws what a kernel found wrong. */
  static Download good(Download download) {
    download
        .fault()
        .ifPresent(
            fault -> {
              throw Checked.error(fault);
            });
    return download;
  }

  @Override
  public void copy(Tensor a, Tensor out) {
    session.copy(address(a), address(out), 4L * a.size());
  }

  @Override
  public void repeatRows(Tensor a, int times, Tensor out) {
    rows.repeat(a, out);
  }

  @Override
  public void fill(Tensor out, float value) {
    requireOpen("fill");
    if (SmallWork.isSmall(out.size())) {
      small.fill(out, value);
    } else {
      session.fill(address(out), Float.floatToRawIntBits(value), out.size());
    }
  }

  // ---- primitives ----

  @Override
  public void matmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out, boolean accumulate) {
    products.matmul(a, transposeA, b, transposeB, out, accumulate);
  }

  @Override
  public void unary(UnaryOperation operation, Tensor a, Tensor out) {
    elementwise.unary(operation, a, out);
  }

  @Override
  public void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
    elementwise.binary(operation, a, b, out);
  }

  @Override
  public void affine(Tensor a, float scale, float shift, Tensor out) {
    elementwise.affine(a, scale, shift, out);
  }

  @Override
  public void addScaled(Tensor a, float scale, Tensor out) {
    elementwise.addScaled(a, scale, out);
  }

  @Override
  public void reduce(Reduction reduction, Tensor a, int axis, Tensor out) {
    reductions.reduce(reduction, a, axis, out);
  }

  @Override
  public void argMax(Tensor a, int axis, IntTensor out) {
    reductions.argMax(a, axis, out);
  }

  @Override
  public void softmax(Tensor a, Tensor out) {
    reductions.softmax(a, false, out);
  }

  @Override
  public void logSoftmax(Tensor a, Tensor out) {
    reductions.softmax(a, true, out);
  }

  @Override
  public void gatherRows(Tensor table, IntTensor ids, Tensor out) {
    rows.gather(table, ids, out);
  }

  @Override
  public void gatherRows(IntTensor table, IntTensor ids, IntTensor out) {
    rows.gather(table, ids, out);
  }

  @Override
  public void scatterAddRows(Tensor added, IntTensor ids, Tensor out) {
    rows.scatterAdd(added, ids, out);
  }

  @Override
  public void concat(List<Tensor> parts, int axis, Tensor out) {
    rows.concat(parts, axis, out);
  }

  @Override
  public void slice(Tensor a, int axis, int from, Tensor out) {
    rows.slice(a, axis, from, out);
  }

  @Override
  public void uniform(RandomDraws draws, Tensor out) {
    elementwise.uniform(draws, out);
  }

  // ---- operations ----

  @Override
  public FusedOperations fused() {
    return fused;
  }
}
