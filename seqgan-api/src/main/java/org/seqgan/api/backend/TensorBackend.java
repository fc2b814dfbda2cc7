package org.seqgan.api.backend;

import java.util.List;
import org.seqgan.api.random.RandomDraws;

/**
 * What a backend implements. Nobody but {@link TensorScope} calls it: by then shapes are checked,
 * tensors are known to be open, and outputs are allocated. See {@link TensorScope} for what each
 * operation computes.
 *
 * <p>The primitives must be implemented; they write into {@code out}, which never overlaps an input
 * unless the method says that it may. Everything else is an {@link Operation}, composed of them
 * unless the backend has a faster way ({@link #fused}).
 *
 * <p>Thread safety: one thread at a time. A backend uses as many threads inside as it was opened
 * with.
 */
public interface TensorBackend extends AutoCloseable {
  /** The name it was selected by. */
  String name();

  /** Its own account of its memory. */
  MemoryUse memory();

  /**
   * The bytes that temporaries of one operation or one batch of a model may take; a hint for
   * cutting batches.
   */
  long budgetBytes();

  /** A new scope; close it to free what was made in it. */
  default TensorScope openScope() {
    return new TensorScope(this);
  }

  /** Frees everything that the backend holds, pooled memory included. */
  @Override
  void close();

  // ---- storage ----

  /** A new tensor; its contents are unspecified. */
  Tensor allocate(int... shape);

  /** A new tensor of integers; its contents are unspecified. */
  IntTensor allocateInts(int... shape);

  /** Takes back what {@code allocate} or {@code allocateInts} gave. */
  void release(Storage storage);

  /**
   * Another view of the same memory: {@code size(shape)} elements from {@code offset}. Never
   * released.
   */
  Tensor view(Tensor base, int offset, int... shape);

  /** Another view of the same memory. Never released. */
  IntTensor view(IntTensor base, int offset, int... shape);

  /** Copies from the host. */
  void write(float[] values, Tensor out);

  /** Copies from the host. */
  void write(int[] values, IntTensor out);

  /**
   * Copies to the host; here an asynchronous backend waits, and reports errors of earlier
   * operations by their name.
   */
  void read(Tensor a, float[] out);

  /** Copies to the host. */
  void read(IntTensor a, int[] out);

  /**
   * Starts a copy to the host; the tensor may be overwritten or released at once. A backend that is
   * not asynchronous copies here and now.
   */
  default Reading readLater(Tensor a) {
    float[] values = new float[a.size()];
    read(a, values);
    return () -> values;
  }

  /** Copies within the backend. */
  void copy(Tensor a, Tensor out);

  /** {@code out} is the rows of a, {@code times} times below one another. */
  default void repeatRows(Tensor a, int times, Tensor out) {
    for (int i = 0; i < times; i++) {
      copy(a, view(out, i * a.size(), a.shape()));
    }
  }

  /** Sets every element. */
  void fill(Tensor out, float value);

  // ---- primitives ----

  /**
   * {@code out[m, n] = A B} (added to {@code out} if {@code accumulate}), each of A and B
   * transposed first if asked.
   */
  void matmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out, boolean accumulate);

  /** Element-wise; {@code out} may be {@code a}. */
  void unary(UnaryOperation operation, Tensor a, Tensor out);

  /**
   * Element-wise; b has a's size, or is a vector repeated for every row, or a single number. {@code
   * out} may be {@code a}.
   */
  void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out);

  /** {@code out = scale * a + shift}; {@code out} may be {@code a}. */
  void affine(Tensor a, float scale, float shift, Tensor out);

  /** {@code out += scale * a}. */
  void addScaled(Tensor a, float scale, Tensor out);

  /** Reduces one axis. */
  void reduce(Reduction reduction, Tensor a, int axis, Tensor out);

  /** The index of the largest element along an axis; of equal ones the first. */
  void argMax(Tensor a, int axis, IntTensor out);

  /** Softmax over the last axis. */
  void softmax(Tensor a, Tensor out);

  /** Logarithm of the softmax over the last axis. */
  void logSoftmax(Tensor a, Tensor out);

  /** {@code out[i] = table[ids[i]]}, row by row. */
  void gatherRows(Tensor table, IntTensor ids, Tensor out);

  /** {@code out[i] = table[rows[i]]}, row by row. */
  void gatherRows(IntTensor table, IntTensor rows, IntTensor out);

  /** {@code out[ids[i]] += rows[i]}, in the order of i. */
  void scatterAddRows(Tensor rows, IntTensor ids, Tensor out);

  /** Joins along an axis. */
  void concat(List<Tensor> parts, int axis, Tensor out);

  /** The elements {@code from} to {@code from + out.dim(axis)} of an axis. */
  void slice(Tensor a, int axis, int from, Tensor out);

  /** The numbers of a range of draws. */
  void uniform(RandomDraws draws, Tensor out);

  // ---- operations ----

  /**
   * The operations that this backend computes in its own way; all others are composed of the
   * primitives above. The same table for as long as the backend is open.
   */
  default FusedOperations fused() {
    return FusedOperations.none();
  }
}
