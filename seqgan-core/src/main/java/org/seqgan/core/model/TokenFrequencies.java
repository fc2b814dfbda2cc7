package org.seqgan.core.model;

import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;

/**
 * One distribution for every position of every sequence: p(y_t) = softmax(b), whatever came before.
 * As an autoregressive model, its hidden state is a single 0, so that of the logits {@code h W + b}
 * the bias alone remains.
 *
 * @param vocabularySize V
 * @param initialRange the initial b is uniform in plus or minus this; 0 makes all tokens equal
 */
record TokenFrequencies(int vocabularySize, float initialRange) implements AutoregressiveModel {
  static final String LOGIT_WEIGHTS = "logits.W";
  static final String LOGIT_BIAS = "logits.b";

  @Override
  public List<ParameterSpec> parameters() {
    Initializer bias =
        initialRange == 0
            ? new Initializer.Constant(0)
            : new Initializer.Uniform(-initialRange, initialRange);
    return List.of(
        ParameterSpec.of(LOGIT_WEIGHTS, new Initializer.Constant(0), 1, vocabularySize),
        ParameterSpec.of(LOGIT_BIAS, bias, vocabularySize));
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer(LOGIT_WEIGHTS, LOGIT_BIAS);
  }

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    return tape.constant(tape.scope().zeros(inputs.dim(0), inputs.dim(1), 1));
  }

  @Override
  public List<Integer> stateWidths() {
    return List.of();
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    return new TapeStep(tape.constant(tape.scope().zeros(tokens.shape()[0], 1)), state);
  }
}
