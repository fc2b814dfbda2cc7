package org.seqgan.testkit;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;

/**
 * A backend's primitives without its fast coarse operations: those are the defaults of {@link
 * TensorBackend}.
 */
final class PrimitivesOnly implements TensorBackend {
  private final TensorBackend backend;

  PrimitivesOnly(TensorBackend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public MemoryUse memory() {
    return backend.memory();
  }

  @Override
  public long budgetBytes() {
    return backend.budgetBytes();
  }

  @Override
  public void close() {
    backend.close();
  }

  @Override
  public Tensor allocate(int... shape) {
    return backend.allocate(shape);
  }

  @Override
  public IntTensor allocateInts(int... shape) {
    return backend.allocateInts(shape);
  }

  @Override
  public void release(Storage storage) {
    backend.release(storage);
  }

  @Override
  public Tensor view(Tensor base, int offset, int... shape) {
    return backend.view(base, offset, shape);
  }

  @Override
  public IntTensor view(IntTensor base, int offset, int... shape) {
    return backend.view(base, offset, shape);
  }

  @Override
  public void write(float[] values, Tensor out) {
    backend.write(values, out);
  }

  @Override
  public void write(int[] values, IntTensor out) {
    backend.write(values, out);
  }

  @Override
  public void read(Tensor a, float[] out) {
    backend.read(a, out);
  }

  @Override
  public void read(IntTensor a, int[] out) {
    backend.read(a, out);
  }

  @Override
  public void copy(Tensor a, Tensor out) {
    backend.copy(a, out);
  }

  @Override
  public void fill(Tensor out, float value) {
    backend.fill(out, value);
  }

  @Override
  public void matmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out, boolean accumulate) {
    backend.matmul(a, transposeA, b, transposeB, out, accumulate);
  }

  @Override
  public void unary(UnaryOperation operation, Tensor a, Tensor out) {
    backend.unary(operation, a, out);
  }

  @Override
  public void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
    backend.binary(operation, a, b, out);
  }

  @Override
  public void affine(Tensor a, float scale, float shift, Tensor out) {
    backend.affine(a, scale, shift, out);
  }

  @Override
  public void addScaled(Tensor a, float scale, Tensor out) {
    backend.addScaled(a, scale, out);
  }

  @Override
  public void reduce(Reduction reduction, Tensor a, int axis, Tensor out) {
    backend.reduce(reduction, a, axis, out);
  }

  @Override
  public void argMax(Tensor a, int axis, IntTensor out) {
    backend.argMax(a, axis, out);
  }

  @Override
  public void softmax(Tensor a, Tensor out) {
    backend.softmax(a, out);
  }

  @Override
  public void logSoftmax(Tensor a, Tensor out) {
    backend.logSoftmax(a, out);
  }

  @Override
  public void gatherRows(Tensor table, IntTensor ids, Tensor out) {
    backend.gatherRows(table, ids, out);
  }

  @Override
  public void scatterAddRows(Tensor rows, IntTensor ids, Tensor out) {
    backend.scatterAddRows(rows, ids, out);
  }

  @Override
  public void concat(List<Tensor> parts, int axis, Tensor out) {
    backend.concat(parts, axis, out);
  }

  @Override
  public void slice(Tensor a, int axis, int from, Tensor out) {
    backend.slice(a, axis, from, out);
  }

  @Override
  public void uniform(RandomDraws draws, Tensor out) {
    backend.uniform(draws, out);
  }
}
