package org.seqgan.api.model;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * A generator given as a forward function alone. Sampling, roll-outs, likelihoods,
 * maximum-likelihood and policy-gradient training are made from it by {@link
 * org.seqgan.api.generator.GeneratorContext#autoregressive}. Immutable: it holds sizes; values of
 * parameters are passed in.
 */
public interface AutoregressiveModel {
  /** All parameters, in a fixed order. */
  List<ParameterSpec> parameters();

  /** The parameters that turn hidden states into logits. */
  OutputLayer outputLayer();

  /**
   * The hidden states of whole sequences, for training and likelihoods (teacher forcing).
   *
   * @param inputs {@code [B, T]}: the start token, then y_1 to y_T-1
   * @param lengths {@code [B]}: how many tokens of each row count
   * @return {@code [B, T, H]}: the state from which y_t is drawn stands at position t
   */
  Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths);

  /**
   * The widths of the state that {@link StepFunction} carries for each sequence, such as H and H
   * for an LSTM.
   */
  List<Integer> stateWidths();

  /**
   * Prepares sampling with the given parameters.
   *
   * @param scope holds what is computed once; it outlives the returned function's use
   * @param parameters the value of each parameter by name
   */
  StepFunction stepFunction(TensorScope scope, Function<String, Tensor> parameters);
}
