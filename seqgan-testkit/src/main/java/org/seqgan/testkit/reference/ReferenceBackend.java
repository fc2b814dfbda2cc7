package org.seqgan.testkit.reference;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.seqgan.api.backend.Axis;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;

/**
 * The primitives as plain loops, on one thread, with sums in double precision. The coarse
 * operations are those that {@link TensorBackend} composes of primitives. What each method computes
 * is said in {@link TensorScope}.
 *
 * <p>Not thread-safe.
 */
public final class ReferenceBackend implements TensorBackend {
  static final String NAME = "reference";

  private final long budgetBytes;
  private final Set<Storage> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private long liveBytes;
  private long peakBytes;

  /** A backend with nothing in it. */
  public ReferenceBackend(ReferenceOptions options) {
    this.budgetBytes = options.memory().bytes();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MemoryUse memory() {
    return new MemoryUse(liveBytes, peakBytes, 0, live.size());
  }

  @Override
  public long budgetBytes() {
    return budgetBytes;
  }

  @Override
  public void close() {
    live.clear();
    liveBytes = 0;
  }

  // ---- storage ----

  @Override
  public Tensor allocate(int... shape) {
    return account(new ReferenceTensor(new float[size(shape)], 0, shape));
  }

  @Override
  public IntTensor allocateInts(int... shape) {
    return account(new ReferenceIntTensor(new int[size(shape)], 0, shape));
  }

  private <S extends Storage> S account(S storage) {
    live.add(storage);
    liveBytes += bytes(storage);
    peakBytes = Math.max(peakBytes, liveBytes);
    return storage;
  }

  /** The number of elements, checked as a tensor of that shape would be. */
  private static int size(int... shape) {
    return new ReferenceTensor(new float[0], 0, shape).size();
  }

  private static long bytes(Storage storage) {
    return 4L * storage.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it was released before, or is a view, or is not from here
   */
  @Override
  public void release(Storage storage) {
    if (!live.remove(storage)) {
      throw new IllegalStateException(
          "release ("
              + NAME
              + "): a tensor of shape "
              + storage
              + " is not held; it was released before, is a view, or is another backend's");
    }
    liveBytes -= bytes(storage);
  }

  @Override
  public Tensor view(Tensor base, int offset, int... shape) {
    ReferenceTensor of = floats(base);
    return new ReferenceTensor(of.values, of.offset + offset, shape);
  }

  @Override
  public IntTensor view(IntTensor base, int offset, int... shape) {
    ReferenceIntTensor of = ints(base);
    return new ReferenceIntTensor(of.values, of.offset + offset, shape);
  }

  @Override
  public void write(float[] values, Tensor out) {
    ReferenceTensor to = floats(out);
    System.arraycopy(values, 0, to.values, to.offset, to.size());
  }

  @Override
  public void write(int[] values, IntTensor out) {
    ReferenceIntTensor to = ints(out);
    System.arraycopy(values, 0, to.values, to.offset, to.size());
  }

  @Override
  public void read(Tensor a, float[] out) {
    ReferenceTensor from = floats(a);
    System.arraycopy(from.values, from.offset, out, 0, from.size());
  }

  @Override
  public void read(IntTensor a, int[] out) {
    ReferenceIntTensor from = ints(a);
    System.arraycopy(from.values, from.offset, out, 0, from.size());
  }

  @Override
  public void copy(Tensor a, Tensor out) {
    ReferenceTensor from = floats(a);
    ReferenceTensor to = floats(out);
    System.arraycopy(from.values, from.offset, to.values, to.offset, to.size());
  }

  @Override
  public void fill(Tensor out, float value) {
    ReferenceTensor to = floats(out);
    for (int i = 0; i < to.size(); i++) {
      to.set(i, value);
    }
  }

  // ---- arithmetic ----

  @Override
  public void matmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out, boolean accumulate) {
    ReferenceTensor left = floats(a);
    ReferenceTensor right = floats(b);
    ReferenceTensor to = floats(out);
    int m = out.dim(0);
    int n = out.dim(1);
    int inner = a.dim(transposeA ? 0 : 1);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = accumulate ? to.get(i * n + j) : 0;
        for (int k = 0; k < inner; k++) {
          float x = left.get(transposeA ? k * m + i : i * inner + k);
          float y = right.get(transposeB ? j * inner + k : k * n + j);
          sum += (double) x * y;
        }
        to.set(i * n + j, sum);
      }
    }
  }

  @Override
  public void unary(UnaryOperation operation, Tensor a, Tensor out) {
    ReferenceTensor from = floats(a);
    ReferenceTensor to = floats(out);
    for (int i = 0; i < from.size(); i++) {
      to.set(i, apply(operation, from.get(i)));
    }
  }

  private static double apply(UnaryOperation operation, double x) {
    return switch (operation) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case RELU -> Math.max(x, 0);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
    };
  }

  @Override
  public void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
    ReferenceTensor left = floats(a);
    ReferenceTensor right = floats(b);
    ReferenceTensor to = floats(out);
    for (int i = 0; i < left.size(); i++) {
      to.set(i, apply(operation, left.get(i), right.get(i % right.size())));
    }
  }

  private static double apply(BinaryOperation operation, double a, double b) {
    return switch (operation) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAX -> Math.max(a, b);
      case LESS -> a < b ? 1 : 0;
    };
  }

  @Override
  public void affine(Tensor a, float scale, float shift, Tensor out) {
    ReferenceTensor from = floats(a);
    ReferenceTensor to = floats(out);
    for (int i = 0; i < from.size(); i++) {
      to.set(i, (double) scale * from.get(i) + shift);
    }
  }

  @Override
  public void addScaled(Tensor a, float scale, Tensor out) {
    ReferenceTensor from = floats(a);
    ReferenceTensor to = floats(out);
    for (int i = 0; i < from.size(); i++) {
      to.set(i, to.get(i) + (double) scale * from.get(i));
    }
  }

  // ---- along an axis ----

  @Override
  public void reduce(Reduction reduction, Tensor a, int axis, Tensor out) {
    ReferenceTensor from = floats(a);
    ReferenceTensor to = floats(out);
    Axis along = Axis.of(a, axis);
    for (int i = 0; i < along.outer(); i++) {
      for (int j = 0; j < along.inner(); j++) {
        double sum = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < along.length(); k++) {
          float x = from.get(along.index(i, k, j));
          sum += x;
          max = Math.max(max, x);
        }
        to.set(
            i * along.inner() + j,
            switch (reduction) {
              case SUM -> sum;
              case MEAN -> sum / along.length();
              case MAX -> max;
            });
      }
    }
  }

  @Override
  public void argMax(Tensor a, int axis, IntTensor out) {
    ReferenceTensor from = floats(a);
    Axis along = Axis.of(a, axis);
    for (int i = 0; i < along.outer(); i++) {
      for (int j = 0; j < along.inner(); j++) {
        int best = 0;
        for (int k = 1; k < along.length(); k++) {
          if (from.get(along.index(i, k, j)) > from.get(along.index(i, best, j))) {
            best = k;
          }
        }
        ints(out).set(i * along.inner() + j, best);
      }
    }
  }

  @Override
  public void softmax(Tensor a, Tensor out) {
    ReferenceTensor from = floats(a);
    Axis last = Axis.of(a, a.rank() - 1);
    for (int i = 0; i < last.outer(); i++) {
      double logSum = logSumOfExponentials(from, last, i);
      for (int k = 0; k < last.length(); k++) {
        int at = last.index(i, k, 0);
        floats(out).set(at, Math.exp(from.get(at) - logSum));
      }
    }
  }

  @Override
  public void logSoftmax(Tensor a, Tensor out) {
    ReferenceTensor from = floats(a);
    Axis last = Axis.of(a, a.rank() - 1);
    for (int i = 0; i < last.outer(); i++) {
      double logSum = logSumOfExponentials(from, last, i);
      for (int k = 0; k < last.length(); k++) {
        int at = last.index(i, k, 0);
        floats(out).set(at, from.get(at) - logSum);
      }
    }
  }

  /** The largest is taken out first, so that no exponential overflows. */
  private static double logSumOfExponentials(ReferenceTensor a, Axis last, int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < last.length(); k++) {
      max = Math.max(max, a.get(last.index(row, k, 0)));
    }
    double sum = 0;
    for (int k = 0; k < last.length(); k++) {
      sum += Math.exp(a.get(last.index(row, k, 0)) - max);
    }
    return max + Math.log(sum);
  }

  @Override
  public void concat(List<Tensor> parts, int axis, Tensor out) {
    Axis whole = Axis.of(out, axis);
    int from = 0;
    for (Tensor tensor : parts) {
      ReferenceTensor part = floats(tensor);
      Axis along = Axis.of(part, axis);
      for (int at = 0; at < part.size(); at++) {
        int j = at % along.inner();
        int k = at / along.inner() % along.length();
        int i = at / along.inner() / along.length();
        floats(out).set(whole.index(i, from + k, j), part.get(at));
      }
      from += along.length();
    }
  }

  @Override
  public void slice(Tensor a, int axis, int from, Tensor out) {
    Axis whole = Axis.of(a, axis);
    Axis along = Axis.of(out, axis);
    for (int at = 0; at < out.size(); at++) {
      int j = at % along.inner();
      int k = at / along.inner() % along.length();
      int i = at / along.inner() / along.length();
      floats(out).set(at, floats(a).get(whole.index(i, from + k, j)));
    }
  }

  // ---- rows of tables ----

  @Override
  public void gatherRows(Tensor table, IntTensor ids, Tensor out) {
    int width = table.dim(1);
    for (int i = 0; i < ids.size(); i++) {
      int id = checkedId("gatherRows", ids, i, table);
      for (int e = 0; e < width; e++) {
        floats(out).set(i * width + e, floats(table).get(id * width + e));
      }
    }
  }

  @Override
  public void scatterAddRows(Tensor rows, IntTensor ids, Tensor out) {
    int width = out.dim(1);
    ReferenceTensor to = floats(out);
    for (int i = 0; i < ids.size(); i++) {
      int id = checkedId("scatterAddRows", ids, i, out);
      for (int e = 0; e < width; e++) {
        int at = id * width + e;
        to.set(at, (double) to.get(at) + floats(rows).get(i * width + e));
      }
    }
  }

  @Override
  public void gatherRows(IntTensor table, IntTensor rows, IntTensor out) {
    int width = rows.size() == 0 ? 0 : out.size() / rows.size();
    ReferenceIntTensor to = ints(out);
    for (int i = 0; i < rows.size(); i++) {
      int row = checkedId("gatherRows", rows, i, table);
      for (int e = 0; e < width; e++) {
        to.values[to.offset + i * width + e] = ints(table).get(row * width + e);
      }
    }
  }

  private static int checkedId(String operation, IntTensor ids, int i, Storage table) {
    int id = ints(ids).get(i);
    if (id < 0 || id >= table.dim(0)) {
      throw new IndexOutOfBoundsException(
          operation + " (" + NAME + "): id " + id + " at " + i + " is not a row of " + table);
    }
    return id;
  }

  @Override
  public void uniform(RandomDraws draws, Tensor out) {
    ReferenceTensor to = floats(out);
    draws.fill(to.values, to.offset);
  }

  // ---- the storage behind a tensor ----

  private static ReferenceTensor floats(Tensor tensor) {
    if (tensor instanceof ReferenceTensor own) {
      return own;
    }
    throw foreign(tensor);
  }

  private static ReferenceIntTensor ints(IntTensor tensor) {
    if (tensor instanceof ReferenceIntTensor own) {
      return own;
    }
    throw foreign(tensor);
  }

  private static IllegalArgumentException foreign(Storage storage) {
    return new IllegalArgumentException(
        "a tensor of shape " + storage + " is another backend's, not one of " + NAME);
  }
}
