package org.seqgan.api.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.random.RandomDraws;

/**
 * The operations, and the scope in which their results live. Every tensor that an operation returns
 * belongs to the scope it was called on, and is freed when that scope closes: one scope for a batch
 * or a roll-out.
 *
 * <p>Every operation checks shapes and that its tensors are open before it calls the backend; an
 * error names the operation, the backend and the shapes. Letters in shapes: B batch, T time, E
 * embedding, H hidden, V vocabulary, F filters, n and i rows and columns.
 *
 * <p>Not thread-safe: a scope belongs to one thread at a time.
 */
public final class TensorScope implements AutoCloseable {
  private final TensorBackend backend;
  private final List<Storage> owned = new ArrayList<>();
  private final List<Storage> views = new ArrayList<>();
  private @Nullable Tensor one;
  private boolean closed;

  TensorScope(TensorBackend backend) {
    this.backend = backend;
  }

  /** The backend that this scope belongs to. */
  public TensorBackend backend() {
    return backend;
  }

  /**
   * Frees every tensor of this scope; they must not be used any more. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    views.forEach(Storage::markClosed);
    for (Storage storage : owned) {
      storage.markClosed();
      backend.release(storage);
    }
    views.clear();
    owned.clear();
  }

  // ---- creation, copies, views ----

  /** A new tensor whose contents are unspecified, for operations that write into it. */
  public Tensor allocate(int... shape) {
    requireOpen("allocate");
    Tensor tensor = backend.allocate(shape);
    owned.add(tensor);
    return tensor;
  }

  /** A new tensor of zeros. */
  public Tensor zeros(int... shape) {
    Tensor tensor = allocate(shape);
    backend.fill(tensor, 0f);
    return tensor;
  }

  /**
   * The derivative of a loss by itself: 1, {@code [1]}. The same tensor each time, and not to be
   * written to, so that {@link #isOne} can tell without looking at it.
   */
  public Tensor one() {
    Tensor made = one;
    if (made == null) {
      made = allocate(1);
      backend.fill(made, 1f);
      one = made;
    }
    return made;
  }

  /** Whether a tensor is {@link #one}, so that a product with it need not be computed. */
  public boolean isOne(Tensor tensor) {
    return tensor == one;
  }

  /** A new tensor with values from the host, row-major. */
  public Tensor tensor(float[] values, int... shape) {
    Tensor tensor = allocate(shape);
    require(
        values.length == tensor.size(),
        "tensor",
        "%d values do not fill %s",
        values.length,
        tensor);
    backend.write(values, tensor);
    return tensor;
  }

  /** A new tensor of integers with values from the host, row-major. */
  public IntTensor ints(int[] values, int... shape) {
    IntTensor tensor = allocateInts(shape);
    require(
        values.length == tensor.size(), "ints", "%d values do not fill %s", values.length, tensor);
    backend.write(values, tensor);
    return tensor;
  }

  /** A new tensor of integers whose contents are unspecified. */
  public IntTensor allocateInts(int... shape) {
    requireOpen("allocateInts");
    IntTensor tensor = backend.allocateInts(shape);
    owned.add(tensor);
    return tensor;
  }

  /** Copies to the host, row-major; waits for the backend where it is asynchronous. */
  public float[] read(Tensor a) {
    check("read", a);
    float[] values = new float[a.size()];
    backend.read(a, values);
    return values;
  }

  /** Starts a copy to the host, row-major, and waits for nothing; see {@link Reading}. */
  public Reading readLater(Tensor a) {
    check("readLater", a);
    return backend.readLater(a);
  }

  /** Copies to the host, row-major; waits for the backend where it is asynchronous. */
  public int[] read(IntTensor a) {
    check("read", a);
    int[] values = new int[a.size()];
    backend.read(a, values);
    return values;
  }

  /** Overwrites a tensor with values from the host. */
  public void write(float[] values, Tensor out) {
    check("write", out);
    require(values.length == out.size(), "write", "%d values do not fill %s", values.length, out);
    backend.write(values, out);
  }

  /** Overwrites a tensor with another of the same size. */
  public void copy(Tensor a, Tensor out) {
    check("copy", a, out);
    require(a.size() == out.size(), "copy", "%s does not fill %s", a, out);
    backend.copy(a, out);
  }

  /**
   * Overwrites {@code out} with the rows of {@code a}, {@code times} times below one another: a [n,
   * ...], out [times n, ...].
   */
  public void repeatRows(Tensor a, int times, Tensor out) {
    check("repeatRows", a, out);
    int[] shape = a.shape();
    require(shape.length > 0 && times >= 0, "repeatRows", "%d times %s", times, a);
    shape[0] *= times;
    require(out.hasShape(shape), "repeatRows", "%d times %s does not fill %s", times, a, out);
    backend.repeatRows(a, times, out);
  }

  /** Sets every element of a tensor. */
  public void fill(Tensor out, float value) {
    check("fill", out);
    backend.fill(out, value);
  }

  /**
   * The same elements under another shape; shares memory with {@code a} and must not be used after
   * it.
   */
  public Tensor reshape(Tensor a, int... shape) {
    check("reshape", a);
    Tensor view = backend.view(a, 0, shape);
    require(view.size() == a.size(), "reshape", "%s cannot become %s", a, view);
    views.add(view);
    return view;
  }

  /** The same integers under another shape; shares memory with {@code a}. */
  public IntTensor reshape(IntTensor a, int... shape) {
    check("reshape", a);
    IntTensor view = backend.view(a, 0, shape);
    require(view.size() == a.size(), "reshape", "%s cannot become %s", a, view);
    views.add(view);
    return view;
  }

  /**
   * The entries {@code from} to {@code to} (exclusive) of the first axis; shares memory with {@code
   * a}.
   */
  public Tensor rows(Tensor a, int from, int to) {
    check("rows", a);
    requireRange("rows", a, 0, from, to);
    int[] shape = a.shape();
    shape[0] = to - from;
    Tensor view = backend.view(a, a.dim(0) == 0 ? 0 : from * (a.size() / a.dim(0)), shape);
    views.add(view);
    return view;
  }

  /**
   * The entries {@code from} to {@code to} (exclusive) of the first axis; shares memory with {@code
   * a}.
   */
  public IntTensor rows(IntTensor a, int from, int to) {
    check("rows", a);
    requireRange("rows", a, 0, from, to);
    int[] shape = a.shape();
    shape[0] = to - from;
    IntTensor view = backend.view(a, a.dim(0) == 0 ? 0 : from * (a.size() / a.dim(0)), shape);
    views.add(view);
    return view;
  }

  // ---- primitives ----

  /**
   * {@code A[m, k] B[k, n]}, [m, n]; A and B are given as [k, m] and [n, k] where they are to be
   * transposed.
   */
  public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    Tensor out =
        allocate(matmulRows(a, transposeA, b, transposeB), transposeB ? b.dim(0) : b.dim(1));
    backend.matmul(a, transposeA, b, transposeB, out, false);
    return out;
  }

  /** {@code out += A B}. */
  public void addMatmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out) {
    int m = matmulRows(a, transposeA, b, transposeB);
    check("addMatmul", out);
    int n = transposeB ? b.dim(0) : b.dim(1);
    require(out.hasShape(m, n), "addMatmul", "out is %s, expected [%d, %d]", out, m, n);
    backend.matmul(a, transposeA, b, transposeB, out, true);
  }

  private int matmulRows(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    check("matmul", a, b);
    requireRank("matmul", a, 2);
    requireRank("matmul", b, 2);
    int inner = transposeA ? a.dim(0) : a.dim(1);
    int expected = transposeB ? b.dim(1) : b.dim(0);
    require(
        inner == expected,
        "matmul",
        "inner sizes differ: a is %s%s, b is %s%s",
        a,
        transposeA ? " transposed" : "",
        b,
        transposeB ? " transposed" : "");
    return transposeA ? a.dim(1) : a.dim(0);
  }

  /** An element-wise function, of a's shape. */
  public Tensor unary(UnaryOperation operation, Tensor a) {
    check("unary", a);
    Tensor out = allocate(a.shape());
    backend.unary(operation, a, out);
    return out;
  }

  /**
   * An element-wise function of two tensors, of a's shape. b has a's shape, or is a vector {@code
   * [n]} that is repeated for every row of a's last axis, or {@code [1]}.
   */
  public Tensor binary(BinaryOperation operation, Tensor a, Tensor b) {
    check("binary", a, b);
    boolean fits =
        Arrays.equals(a.shape(), b.shape())
            || (b.rank() == 1
                && (b.dim(0) == 1 || (a.rank() > 0 && b.dim(0) == a.dim(a.rank() - 1))));
    require(
        fits,
        "binary",
        "%s of %s and %s: the second must have the first's shape, its last axis, or [1]",
        operation,
        a,
        b);
    Tensor out = allocate(a.shape());
    backend.binary(operation, a, b, out);
    return out;
  }

  /** {@code scale * a + shift}, of a's shape. */
  public Tensor affine(Tensor a, float scale, float shift) {
    check("affine", a);
    Tensor out = allocate(a.shape());
    backend.affine(a, scale, shift, out);
    return out;
  }

  /** {@code out += scale * a}. */
  public void addScaled(Tensor a, float scale, Tensor out) {
    check("addScaled", a, out);
    require(a.size() == out.size(), "addScaled", "%s does not fit %s", a, out);
    backend.addScaled(a, scale, out);
  }

  /** {@code a = scale * a + shift}. */
  public void affineInPlace(Tensor a, float scale, float shift) {
    check("affineInPlace", a);
    backend.affine(a, scale, shift, a);
  }

  /** Reduces one axis, which disappears from the shape (a vector becomes [1]). */
  public Tensor reduce(Reduction reduction, Tensor a, int axis) {
    check("reduce", a);
    requireAxis("reduce", a, axis);
    require(a.dim(axis) > 0, "reduce", "axis %d of %s is empty", axis, a);
    Tensor out = allocate(without(a, axis));
    backend.reduce(reduction, a, axis, out);
    return out;
  }

  /**
   * The index of the largest element along an axis, of equal ones the first; the axis disappears
   * from the shape.
   */
  public IntTensor argMax(Tensor a, int axis) {
    check("argMax", a);
    requireAxis("argMax", a, axis);
    require(a.dim(axis) > 0, "argMax", "axis %d of %s is empty", axis, a);
    IntTensor out = allocateInts(without(a, axis));
    backend.argMax(a, axis, out);
    return out;
  }

  /** Softmax over the last axis, of a's shape. */
  public Tensor softmax(Tensor a) {
    check("softmax", a);
    Tensor out = allocate(a.shape());
    backend.softmax(a, out);
    return out;
  }

  /** Logarithm of the softmax over the last axis, of a's shape. */
  public Tensor logSoftmax(Tensor a) {
    check("logSoftmax", a);
    Tensor out = allocate(a.shape());
    backend.logSoftmax(a, out);
    return out;
  }

  /** {@code table[V, E]} at {@code ids[...]}: [..., E]. Ids must be in 0..V-1. */
  public Tensor gatherRows(Tensor table, IntTensor ids) {
    check("gatherRows", table, ids);
    requireRank("gatherRows", table, 2);
    int[] shape = Arrays.copyOf(ids.shape(), ids.rank() + 1);
    shape[ids.rank()] = table.dim(1);
    Tensor out = allocate(shape);
    backend.gatherRows(table, ids, out);
    return out;
  }

  /** {@code table[n, ...]} at {@code rows[m]}: [m, ...]. Row numbers must be in 0..n-1. */
  public IntTensor gatherRows(IntTensor table, IntTensor rows) {
    check("gatherRows", table, rows);
    require(table.rank() > 0, "gatherRows", "expected rows, found shape %s", table);
    requireRank("gatherRows", rows, 1);
    int[] shape = table.shape();
    shape[0] = rows.dim(0);
    IntTensor out = allocateInts(shape);
    backend.gatherRows(table, rows, out);
    return out;
  }

  /**
   * {@code out[ids[i]] += rows[i]}: rows of {@code [..., E]}, out {@code [V, E]}; in the order of
   * i.
   */
  public void scatterAddRows(Tensor rows, IntTensor ids, Tensor out) {
    check("scatterAddRows", rows, ids, out);
    requireRank("scatterAddRows", out, 2);
    require(
        rows.size() == (long) ids.size() * out.dim(1),
        "scatterAddRows",
        "rows %s are not one row of %s for each of ids %s",
        rows,
        out,
        ids);
    backend.scatterAddRows(rows, ids, out);
  }

  /** Joins tensors along an axis; their other axes must agree. */
  public Tensor concat(List<Tensor> parts, int axis) {
    require(!parts.isEmpty(), "concat", "nothing to join");
    check("concat", parts.toArray(Storage[]::new));
    int[] shape = parts.get(0).shape();
    requireAxis("concat", parts.get(0), axis);
    shape[axis] = 0;
    for (Tensor part : parts) {
      int[] other = part.shape();
      require(
          other.length == shape.length, "concat", "%s and %s differ in rank", parts.get(0), part);
      shape[axis] += other[axis];
      other[axis] = shape[axis];
      require(
          Arrays.equals(other, shape),
          "concat",
          "%s and %s differ beside axis %d",
          parts.get(0),
          part,
          axis);
    }
    Tensor out = allocate(shape);
    backend.concat(parts, axis, out);
    return out;
  }

  /** The elements {@code from} to {@code to} (exclusive) of an axis, copied. */
  public Tensor slice(Tensor a, int axis, int from, int to) {
    check("slice", a);
    requireAxis("slice", a, axis);
    requireRange("slice", a, axis, from, to);
    int[] shape = a.shape();
    shape[axis] = to - from;
    Tensor out = allocate(shape);
    backend.slice(a, axis, from, out);
    return out;
  }

  /** Uniform numbers in [0, 1), [draws.count()]. */
  public Tensor uniform(RandomDraws draws) {
    Tensor out = allocate(draws.count());
    backend.uniform(draws, out);
    return out;
  }

  // ---- operations ----

  /**
   * Runs an operation: its shapes are checked, then it is computed in the backend's own way, or
   * else composed of primitives.
   *
   * @throws ShapeException if its shapes do not fit
   */
  public <R> R run(Operation<R> operation) {
    requireUsable(operation);
    return backend.fused().run(this, operation).orElseGet(() -> operation.compose(this));
  }

  /**
   * The derivative of a loss by each of an operation's inputs.
   *
   * @param forward what {@link #run} gave
   * @param dOutput the derivative of the loss by its output
   */
  public List<Tensor> gradients(Differentiable operation, Forward forward, Tensor dOutput) {
    requireUsable(operation);
    String name = "gradients of " + operation.name();
    check(name, forward.output(), dOutput);
    require(
        dOutput.hasShape(forward.output().shape()),
        name,
        "dOutput is %s, output is %s",
        dOutput,
        forward.output());
    return backend
        .fused()
        .gradients(this, operation, forward, dOutput)
        .orElseGet(() -> operation.composeGradients(this, forward, dOutput));
  }

  private void requireUsable(Operation<?> operation) {
    String name = operation.name();
    check(name, operation.operands().toArray(Storage[]::new));
    operation.check(shapes(name));
  }

  private ShapeCheck shapes(String operation) {
    return new ShapeCheck(operation, backend.name());
  }

  // ---- checks ----

  private void requireOpen(String operation) {
    if (closed) {
      throw new IllegalStateException(operation + " (" + backend.name() + "): the scope is closed");
    }
  }

  private void check(String operation, Storage... storages) {
    requireOpen(operation);
    for (Storage storage : storages) {
      if (storage.isClosed()) {
        throw new IllegalStateException(
            operation
                + " ("
                + backend.name()
                + "): a tensor of shape "
                + storage
                + " was used after its scope closed");
      }
    }
  }

  @SuppressWarnings(
      "AnnotateFormatMethod") // Error Prone's annotation is no dependency of this module.
  private void require(boolean condition, String operation, String format, Object... arguments) {
    if (!condition) {
      shapes(operation).require(false, format, arguments);
    }
  }

  private void requireRank(String operation, Storage a, int rank) {
    shapes(operation).rank(a, rank);
  }

  private void requireAxis(String operation, Storage a, int axis) {
    shapes(operation).axis(a, axis);
  }

  private void requireRange(String operation, Storage a, int axis, int from, int to) {
    shapes(operation).range(a, axis, from, to);
  }

  private static int[] without(Storage a, int axis) {
    if (a.rank() == 1) {
      return new int[] {1};
    }
    int[] shape = new int[a.rank() - 1];
    for (int i = 0, j = 0; i < a.rank(); i++) {
      if (i != axis) {
        shape[j++] = a.dim(i);
      }
    }
    return shape;
  }
}
