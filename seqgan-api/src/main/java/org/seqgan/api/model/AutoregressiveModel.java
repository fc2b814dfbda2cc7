package org.seqgan.api.model;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.ValueTape;
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
   * The widths of the state that one step hands to the next for each sequence, such as H and H for
   * an LSTM.
   */
  List<Integer> stateWidths();

  /**
   * What a step on the tape gives.
   *
   * @param hidden {@code [n, H]}: the states from which the next tokens are drawn
   * @param state {@code [n, width]} each
   */
  record TapeStep(Variable hidden, List<Variable> state) {}

  /**
   * Reads one token for each of n sequences, on the tape: step by step, {@link #hidden} once more.
   * With relaxed tokens, gradients flow from each token to those before it.
   *
   * @param tokens of one position, {@code [n]}
   * @param state of the last step, zeros before the first
   * @param position of the token that is drawn next, of all sequences: 0 in the first step
   */
  TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position);

  /**
   * Prepares sampling with the given parameters. The default takes {@link #step}; override it where
   * something can be computed once for all steps.
   *
   * @param scope holds what is computed once; it outlives the returned function's use
   * @param parameters the value of each parameter by name
   */
  default StepFunction stepFunction(TensorScope scope, Function<String, Tensor> parameters) {
    return (temporary, ids, state, position) -> {
      Tape tape = new ValueTape(temporary, parameters);
      List<Variable> before = state.stream().map(tape::constant).toList();
      TapeStep after = step(tape, new Tokens.Ids(ids), before, position);
      for (int i = 0; i < state.size(); i++) {
        temporary.copy(after.state().get(i).value(), state.get(i));
      }
      return after.hidden().value();
    };
  }
}
