package org.seqgan.api.backend;

import java.util.List;
import org.seqgan.api.random.RandomDraws;

/**
 * What a backend implements. Nobody but {@link TensorScope} calls it: by then shapes are checked,
 * tensors are known to be open, and outputs are allocated. See {@link TensorScope} for what each
 * operation computes.
 *
 * <p>The first part, the primitives, must be implemented; they write into {@code out}, which never
 * overlaps an input unless the method says that it may. The second part, the coarse operations, has
 * defaults composed of primitives.
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

  /** Copies within the backend. */
  void copy(Tensor a, Tensor out);

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

  /** {@code out[ids[i]] += rows[i]}, in the order of i. */
  void scatterAddRows(Tensor rows, IntTensor ids, Tensor out);

  /** Joins along an axis. */
  void concat(List<Tensor> parts, int axis, Tensor out);

  /** The elements {@code from} to {@code from + out.dim(axis)} of an axis. */
  void slice(Tensor a, int axis, int from, Tensor out);

  /** The numbers of a range of draws. */
  void uniform(RandomDraws draws, Tensor out);

  // ---- coarse operations: composed of primitives unless overridden ----

  /** See {@link TensorScope#linear}. */
  default Tensor linear(
      TensorScope scope, Tensor x, Tensor weights, Tensor bias, Activation activation) {
    return Composed.linear(scope, x, weights, bias, activation);
  }

  /** See {@link TensorScope#linearBackward}. */
  default Gradients.Linear linearBackward(
      TensorScope scope, Tensor x, Tensor weights, Activation activation, Tensor y, Tensor dy) {
    return Composed.linearBackward(scope, x, weights, activation, y, dy);
  }

  /** See {@link TensorScope#lstm}. */
  default Forward lstm(
      TensorScope scope,
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      Tensor bias,
      IntTensor lengths) {
    return Composed.lstm(scope, x, inputWeights, recurrentWeights, bias, lengths);
  }

  /** See {@link TensorScope#lstmBackward}. */
  default Gradients.Lstm lstmBackward(
      TensorScope scope,
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    return Composed.lstmBackward(
        scope, x, inputWeights, recurrentWeights, lengths, forward, dOutput);
  }

  /** See {@link TensorScope#lstmStep}. */
  default void lstmStep(
      TensorScope scope,
      Tensor inputTable,
      IntTensor ids,
      Tensor recurrentWeights,
      Tensor h,
      Tensor c) {
    Composed.lstmStep(scope, inputTable, ids, recurrentWeights, h, c);
  }

  /** See {@link TensorScope#sampleTokens}. */
  default void sampleTokens(
      TensorScope scope,
      Tensor h,
      Tensor weights,
      Tensor bias,
      Decoding decoding,
      RandomDraws draws,
      IntTensor out) {
    Composed.sampleTokens(scope, h, weights, bias, decoding, draws, out);
  }

  /** See {@link TensorScope#tokenLogProbabilities}. */
  default Tensor tokenLogProbabilities(
      TensorScope scope, Tensor h, Tensor weights, Tensor bias, IntTensor targets) {
    return Composed.tokenLogProbabilities(scope, h, weights, bias, targets);
  }

  /** See {@link TensorScope#linearCrossEntropy}. */
  default Gradients.CrossEntropy linearCrossEntropy(
      TensorScope scope,
      Tensor h,
      Tensor weights,
      Tensor bias,
      IntTensor targets,
      Tensor tokenWeights) {
    return Composed.linearCrossEntropy(scope, h, weights, bias, targets, tokenWeights);
  }

  /** See {@link TensorScope#convMaxPool}. */
  default Forward convMaxPool(
      TensorScope scope, Tensor x, List<ConvolutionFilters> bank, IntTensor lengths) {
    return Composed.convMaxPool(scope, x, bank, lengths);
  }

  /** See {@link TensorScope#convMaxPoolBackward}. */
  default Gradients.ConvMaxPool convMaxPoolBackward(
      TensorScope scope,
      Tensor x,
      List<ConvolutionFilters> bank,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    return Composed.convMaxPoolBackward(scope, x, bank, lengths, forward, dOutput);
  }

  /** See {@link TensorScope#tokenConvMaxPool}. */
  default Tensor tokenConvMaxPool(
      TensorScope scope,
      Tensor table,
      IntTensor ids,
      List<ConvolutionFilters> bank,
      IntTensor lengths) {
    return Composed.tokenConvMaxPool(scope, table, ids, bank, lengths);
  }

  /** See {@link TensorScope#highway}. */
  default Forward highway(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor transformBias,
      Tensor gateWeights,
      Tensor gateBias) {
    return Composed.highway(scope, x, transformWeights, transformBias, gateWeights, gateBias);
  }

  /** See {@link TensorScope#highwayBackward}. */
  default Gradients.Highway highwayBackward(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor gateWeights,
      Forward forward,
      Tensor dOutput) {
    return Composed.highwayBackward(scope, x, transformWeights, gateWeights, forward, dOutput);
  }

  /** See {@link TensorScope#dropout}. */
  default Tensor dropout(TensorScope scope, Tensor x, float keep, RandomDraws draws) {
    return Composed.dropout(scope, x, keep, draws);
  }

  /** See {@link TensorScope#softmaxCrossEntropy}. */
  default Gradients.Softmax softmaxCrossEntropy(
      TensorScope scope, Tensor logits, IntTensor labels) {
    return Composed.softmaxCrossEntropy(scope, logits, labels);
  }

  /** See {@link TensorScope#adam}. */
  default void adam(
      TensorScope scope, List<AdamSlot> slots, AdamSettings settings, long step, Tensor normOut) {
    Composed.adam(scope, slots, settings, step, normOut);
  }
}
