package org.seqgan.api.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.operation.Affine;
import org.seqgan.api.operation.Attention;
import org.seqgan.api.operation.BatchedProduct;
import org.seqgan.api.operation.Binary;
import org.seqgan.api.operation.Concat;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.operation.Embedding;
import org.seqgan.api.operation.Fold;
import org.seqgan.api.operation.Gru;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.LogSoftmax;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.MatrixProduct;
import org.seqgan.api.operation.Permute;
import org.seqgan.api.operation.Reduce;
import org.seqgan.api.operation.Reshape;
import org.seqgan.api.operation.Slice;
import org.seqgan.api.operation.SliceAssignment;
import org.seqgan.api.operation.Softmax;
import org.seqgan.api.operation.StraightThrough;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.Unary;
import org.seqgan.api.operation.Windows;
import org.seqgan.api.random.RandomDraws;

/**
 * Runs differentiable operations and, in training, records them, so that the gradient of a loss by
 * every parameter can be computed by going back over the record (reverse-mode automatic
 * differentiation). One tape serves one batch.
 *
 * <p>{@link #apply} takes any operation; the methods below it are those that models use most, by
 * name. What each computes, and its shapes, are said by the operation of that name in {@code
 * org.seqgan.api.operation}. Not thread-safe.
 */
public interface Tape {
  /** The scope in which values live. */
  TensorScope scope();

  /** Whether this is a training step: gradients are recorded and dropout is active. */
  boolean training();

  /** A parameter of the model by the name of its {@link org.seqgan.api.model.ParameterSpec}. */
  Variable parameter(String name);

  /** A value that needs no gradient. */
  Variable constant(Tensor value);

  /** Fresh uniform numbers of this step, for dropout and the like; only in training. */
  RandomDraws draws(int count);

  /**
   * Runs an operation.
   *
   * @param inputs the inputs that it can be derived by
   * @param operation makes it from their values; its {@link Differentiable#inputs()} are these, in
   *     this order
   */
  Variable apply(
      List<? extends Variable> inputs, Function<List<Tensor>, ? extends Differentiable> operation);

  /** {@link Embedding}: rows of table [V, E] at ids [...], [..., E]. */
  default Variable embedding(Variable table, IntTensor ids) {
    return apply(List.of(table), in -> new Embedding(in.get(0), ids));
  }

  /**
   * Rows of a table, or weighted sums of all its rows for relaxed tokens; table [V, E], tokens
   * [...], [..., E].
   */
  default Variable embedding(Variable table, Tokens tokens) {
    return tokens.embed(this, table);
  }

  /** {@link Linear}: {@code activation(x W + b)}; x [n, i], W [i, o], b [o]. */
  default Variable linear(Variable x, Variable weights, Variable bias, Activation activation) {
    return apply(
        List.of(x, weights, bias), in -> new Linear(in.get(0), in.get(1), in.get(2), activation));
  }

  /** {@link Lstm} over whole sequences: x [B, T, E] to h [B, T, H]. */
  default Variable lstm(
      Variable x,
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      IntTensor lengths) {
    return apply(
        List.of(x, inputWeights, recurrentWeights, bias),
        in -> new Lstm(in.get(0), in.get(1), in.get(2), in.get(3), lengths));
  }

  /**
   * {@link ConvMaxPool}: convolutions of many widths with ReLU and max over time, x [B, T, E] to
   * [B, sum F].
   *
   * @param widths of the filters
   * @param filters weights and bias of each width in turn
   */
  default Variable convMaxPool(
      Variable x, List<Integer> widths, List<Variable> filters, IntTensor lengths) {
    List<Variable> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(filters);
    return apply(
        inputs,
        in ->
            new ConvMaxPool(
                in.get(0), ConvMaxPool.Filters.bank(widths, in.subList(1, in.size())), lengths));
  }

  /**
   * {@link #convMaxPool} of an {@link #embedding}: table [V, E], tokens [B, T] to [B, sum F]. Of
   * ids, in inference, it is faster than the two apart, see {@link TokenConvMaxPool}.
   */
  default Variable tokenConvMaxPool(
      Variable table,
      Tokens tokens,
      List<Integer> widths,
      List<Variable> filters,
      IntTensor lengths) {
    if (!training() && tokens instanceof Tokens.Ids ids) {
      List<Tensor> values = filters.stream().map(Variable::value).toList();
      List<ConvMaxPool.Filters> bank = ConvMaxPool.Filters.bank(widths, values);
      return constant(
          scope().run(new TokenConvMaxPool(table.value(), ids.values(), bank, lengths)));
    }
    return convMaxPool(embedding(table, tokens), widths, filters, lengths);
  }

  /** {@link Highway}: a highway layer, [n, d] to [n, d]. */
  default Variable highway(
      Variable x,
      Variable transformWeights,
      Variable transformBias,
      Variable gateWeights,
      Variable gateBias) {
    return apply(
        List.of(x, transformWeights, transformBias, gateWeights, gateBias),
        in -> new Highway(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4)));
  }

  /** {@link Dropout} in training, the identity otherwise. */
  default Variable dropout(Variable x, float keep) {
    if (!training() || keep == 1f) {
      return x;
    }
    RandomDraws draws = draws(x.value().size());
    return apply(List.of(x), in -> new Dropout(in.get(0), keep, draws));
  }

  /** {@link MatrixProduct}: A B, [m, k] and [k, n] to [m, n]. */
  default Variable matmul(Variable a, Variable b) {
    return apply(List.of(a, b), in -> new MatrixProduct(in.get(0), in.get(1)));
  }

  /** {@link Unary}: an element-wise function. */
  default Variable unary(UnaryOperation function, Variable a) {
    return apply(List.of(a), in -> new Unary(function, in.get(0)));
  }

  /**
   * {@link Binary}: an element-wise function of two values; b as in {@link TensorScope#binary}.
   *
   * @throws UnsupportedOperationException for {@link BinaryOperation#LESS}, which has no derivative
   */
  default Variable binary(BinaryOperation function, Variable a, Variable b) {
    return apply(List.of(a, b), in -> new Binary(function, in.get(0), in.get(1)));
  }

  /** {@link Affine}: {@code scale * a + shift}. */
  default Variable affine(Variable a, float scale, float shift) {
    return apply(List.of(a), in -> new Affine(in.get(0), scale, shift));
  }

  /** {@link Reduce}: reduces one axis. */
  default Variable reduce(Reduction reduction, Variable a, int axis) {
    return apply(List.of(a), in -> new Reduce(reduction, in.get(0), axis));
  }

  /** {@link Concat}: joins along an axis. */
  default Variable concat(List<Variable> parts, int axis) {
    return apply(parts, in -> new Concat(in, axis));
  }

  /** {@link Slice}: the elements {@code from} to {@code to} (exclusive) of an axis. */
  default Variable slice(Variable a, int axis, int from, int to) {
    return apply(List.of(a), in -> new Slice(in.get(0), axis, from, to));
  }

  /** {@link Reshape}: the same elements under another shape. */
  default Variable reshape(Variable a, int... shape) {
    List<Integer> sizes = Arrays.stream(shape).boxed().toList();
    return apply(List.of(a), in -> new Reshape(in.get(0), sizes));
  }

  /** {@link Softmax} over the last axis. */
  default Variable softmax(Variable a) {
    return apply(List.of(a), in -> new Softmax(in.get(0)));
  }

  /** {@link LogSoftmax} over the last axis. */
  default Variable logSoftmax(Variable a) {
    return apply(List.of(a), in -> new LogSoftmax(in.get(0)));
  }

  /** {@link BatchedProduct}: A[i] B[i] for each i, [b, m, k] and [b, k, n] to [b, m, n]. */
  default Variable batchedProduct(Variable a, boolean transposeA, Variable b, boolean transposeB) {
    return apply(
        List.of(a, b), in -> new BatchedProduct(in.get(0), transposeA, in.get(1), transposeB));
  }

  /** {@link Permute}: the axes in another order; axis j of the result is axis {@code axes[j]}. */
  default Variable permute(Variable a, int... axes) {
    List<Integer> order = Arrays.stream(axes).boxed().toList();
    return apply(List.of(a), in -> new Permute(in.get(0), order));
  }

  /** {@link SliceAssignment}: the target with a part of an axis replaced. */
  default Variable assignSlice(Variable target, Variable part, int axis, int from) {
    return apply(
        List.of(target, part), in -> new SliceAssignment(in.get(0), in.get(1), axis, from));
  }

  /** {@link Windows}: every window of neighbouring positions, [B, T, C] to [B, T', width C]. */
  default Variable windows(Variable x, int width, int padding) {
    return apply(List.of(x), in -> new Windows(in.get(0), width, padding));
  }

  /** {@link Fold}: windows added up where they overlap, [B, T', width C] to [B, T, C]. */
  default Variable fold(Variable windows, int width, int padding) {
    return apply(List.of(windows), in -> new Fold(in.get(0), width, padding));
  }

  /**
   * {@link Attention}: of several heads, q [B, Tq, D], k and v [B, Tk, D] to [B, Tq, D]; the
   * products are divided by the root of a head's width.
   *
   * @param lengths [B]: how many keys count; without it all
   */
  default Variable attention(
      Variable q, Variable k, Variable v, int heads, boolean causal, Optional<IntTensor> lengths) {
    float scale = (float) Math.sqrt((double) heads / q.value().dim(2));
    return apply(
        List.of(q, k, v),
        in -> new Attention(in.get(0), in.get(1), in.get(2), heads, scale, causal, lengths));
  }

  /** {@link Gru} over whole sequences: x [B, T, E] to h [B, T, H]. */
  default Variable gru(
      Variable x,
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      Variable candidateBias,
      IntTensor lengths) {
    return apply(
        List.of(x, inputWeights, recurrentWeights, bias, candidateBias),
        in -> new Gru(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), lengths));
  }

  /** {@link StraightThrough}: one-hot rows [n, V] at ids [n], with the gradient of the relaxed. */
  default Variable straightThrough(Variable relaxed, IntTensor ids) {
    return apply(List.of(relaxed), in -> new StraightThrough(in.get(0), ids));
  }
}
