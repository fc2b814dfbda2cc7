package org.seqgan.api.autograd;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/**
 * Runs differentiable operations and, in training, records them, so that the gradient of a loss by
 * every parameter can be computed by going back over the record (reverse-mode automatic
 * differentiation). One tape serves one batch.
 *
 * <p>What each operation computes, and its shapes, are those of the method of the same name in
 * {@link TensorScope}. Not thread-safe.
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

  /** Rows of a table: {@code table[V, E]} at {@code ids[...]}, [..., E]. */
  Variable embedding(Variable table, IntTensor ids);

  /** {@code activation(x W + b)}: x [n, i], W [i, o], b [o]. */
  Variable linear(Variable x, Variable weights, Variable bias, Activation activation);

  /** An LSTM over whole sequences: x [B, T, E] to h [B, T, H]. */
  Variable lstm(
      Variable x,
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      IntTensor lengths);

  /** Convolutions of many widths with ReLU and max over time: x [B, T, E] to [B, sum F]. */
  Variable convMaxPool(Variable x, List<FilterVariables> bank, IntTensor lengths);

  /**
   * {@link #convMaxPool} of {@link #embedding}: table [V, E], ids [B, T] to [B, sum F]. In
   * inference it is faster than the two apart.
   */
  Variable tokenConvMaxPool(
      Variable table, IntTensor ids, List<FilterVariables> bank, IntTensor lengths);

  /** A highway layer: [n, d] to [n, d]. */
  Variable highway(
      Variable x,
      Variable transformWeights,
      Variable transformBias,
      Variable gateWeights,
      Variable gateBias);

  /** Inverted dropout in training, the identity otherwise. */
  Variable dropout(Variable x, float keep);

  /** A B: [m, k] and [k, n] to [m, n]. */
  Variable matmul(Variable a, Variable b);

  /**
   * An element-wise function. {@code SQRT}, {@code EXP}, {@code LOG} and the rest are all
   * differentiable.
   */
  Variable unary(UnaryOperation operation, Variable a);

  /**
   * An element-wise function of two values; b as in {@link TensorScope#binary}.
   *
   * @throws UnsupportedOperationException for {@link BinaryOperation#LESS}, which has no derivative
   */
  Variable binary(BinaryOperation operation, Variable a, Variable b);

  /** {@code scale * a + shift}. */
  Variable affine(Variable a, float scale, float shift);

  /** Reduces one axis. */
  Variable reduce(Reduction reduction, Variable a, int axis);

  /** Joins along an axis. */
  Variable concat(List<Variable> parts, int axis);

  /** The elements {@code from} to {@code to} (exclusive) of an axis. */
  Variable slice(Variable a, int axis, int from, int to);

  /** The same elements under another shape. */
  Variable reshape(Variable a, int... shape);

  /** Softmax over the last axis. */
  Variable softmax(Variable a);
}
