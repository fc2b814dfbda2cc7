package org.seqgan.core.model;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.operation.Gru;
import org.seqgan.api.operation.GruStep;

/**
 * An embedding, a {@link Gru} and a softmax over {@code V h_t + c}: the generator of the SeqGAN
 * paper with three quarters of its recurrent weights.
 *
 * @param vocabularySize V
 * @param embeddingSize E
 * @param hiddenSize H
 * @param initialDeviation standard deviation of every initial parameter
 */
record GruModel(int vocabularySize, int embeddingSize, int hiddenSize, float initialDeviation)
    implements AutoregressiveModel {
  static final String EMBEDDING = "embedding";
  static final String INPUT_WEIGHTS = "gru.W";
  static final String RECURRENT_WEIGHTS = "gru.U";
  static final String BIAS = "gru.b";
  static final String CANDIDATE_BIAS = "gru.c";
  static final String LOGIT_WEIGHTS = "logits.W";
  static final String LOGIT_BIAS = "logits.b";

  @Override
  public List<ParameterSpec> parameters() {
    Initializer normal = new Initializer.Normal(initialDeviation);
    return List.of(
        ParameterSpec.of(EMBEDDING, normal, vocabularySize, embeddingSize),
        ParameterSpec.of(INPUT_WEIGHTS, normal, embeddingSize, 3 * hiddenSize),
        ParameterSpec.of(RECURRENT_WEIGHTS, normal, hiddenSize, 3 * hiddenSize),
        ParameterSpec.of(BIAS, normal, 3 * hiddenSize),
        ParameterSpec.of(CANDIDATE_BIAS, normal, hiddenSize),
        ParameterSpec.of(LOGIT_WEIGHTS, normal, hiddenSize, vocabularySize),
        ParameterSpec.of(LOGIT_BIAS, normal, vocabularySize));
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer(LOGIT_WEIGHTS, LOGIT_BIAS);
  }

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    return tape.gru( // (batch, time, hidden)
        tape.embedding(tape.parameter(EMBEDDING), inputs), // (batch, time, embedding)
        tape.parameter(INPUT_WEIGHTS),
        tape.parameter(RECURRENT_WEIGHTS),
        tape.parameter(BIAS),
        tape.parameter(CANDIDATE_BIAS),
        lengths);
  }

  @Override
  public List<Integer> stateWidths() {
    return List.of(hiddenSize);
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    Variable before = state.get(0);
    Variable inputs = // (batch, 3 hidden)
        tape.linear(
            tape.embedding(tape.parameter(EMBEDDING), tokens),
            tape.parameter(INPUT_WEIGHTS),
            tape.parameter(BIAS),
            Activation.IDENTITY);
    Variable recurrent = tape.matmul(before, tape.parameter(RECURRENT_WEIGHTS));
    Variable sums = tape.binary(BinaryOperation.ADD, inputs, recurrent);
    Variable reset = tape.unary(UnaryOperation.SIGMOID, part(tape, sums, 0));
    Variable update = tape.unary(UnaryOperation.SIGMOID, part(tape, sums, 1));
    Variable remembered =
        tape.binary(BinaryOperation.ADD, part(tape, recurrent, 2), tape.parameter(CANDIDATE_BIAS));
    Variable candidate =
        tape.unary(
            UnaryOperation.TANH,
            tape.binary(
                BinaryOperation.ADD,
                part(tape, inputs, 2),
                tape.binary(BinaryOperation.MULTIPLY, reset, remembered)));
    Variable change = tape.binary(BinaryOperation.SUBTRACT, before, candidate);
    Variable hidden = // (1 - update) candidate + update before
        tape.binary(
            BinaryOperation.ADD, candidate, tape.binary(BinaryOperation.MULTIPLY, update, change));
    return new TapeStep(hidden, List.of(hidden));
  }

  /** The columns of the reset gate, the update gate or the candidate. */
  private Variable part(Tape tape, Variable sums, int index) {
    return tape.slice(sums, 1, index * hiddenSize, (index + 1) * hiddenSize);
  }

  @Override
  public StepFunction stepFunction(TensorScope scope, Function<String, Tensor> parameters) {
    // The input product of every token, once for all steps: (vocabulary, 3 hidden).
    Tensor products =
        scope.matmul(parameters.apply(EMBEDDING), false, parameters.apply(INPUT_WEIGHTS), false);
    Tensor inputTable = scope.binary(BinaryOperation.ADD, products, parameters.apply(BIAS));
    Tensor recurrentWeights = parameters.apply(RECURRENT_WEIGHTS);
    Tensor candidateBias = parameters.apply(CANDIDATE_BIAS);
    return (step, ids, state, position) ->
        step.run(new GruStep(inputTable, ids, recurrentWeights, candidateBias, state.get(0)));
  }
}
