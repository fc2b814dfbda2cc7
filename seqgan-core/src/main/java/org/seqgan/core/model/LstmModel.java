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
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.operation.LstmStep;

/**
 * The paper's generator (Eq. 9-10 and its section on recurrent networks): an embedding, an LSTM,
 * and a softmax over {@code V h_t + c}.
 *
 * @param vocabularySize V
 * @param embeddingSize E
 * @param hiddenSize H
 * @param initialDeviation standard deviation of every initial parameter
 */
public record LstmModel(
    int vocabularySize, int embeddingSize, int hiddenSize, float initialDeviation)
    implements AutoregressiveModel {
  static final String EMBEDDING = "embedding";
  static final String INPUT_WEIGHTS = "lstm.W";
  static final String RECURRENT_WEIGHTS = "lstm.U";
  static final String GATE_BIAS = "lstm.b";
  static final String LOGIT_WEIGHTS = "logits.W";
  static final String LOGIT_BIAS = "logits.b";

  @Override
  public List<ParameterSpec> parameters() {
    Initializer normal = new Initializer.Normal(initialDeviation);
    return List.of(
        ParameterSpec.of(EMBEDDING, normal, vocabularySize, embeddingSize),
        ParameterSpec.of(INPUT_WEIGHTS, normal, embeddingSize, 4 * hiddenSize),
        ParameterSpec.of(RECURRENT_WEIGHTS, normal, hiddenSize, 4 * hiddenSize),
        ParameterSpec.of(GATE_BIAS, normal, 4 * hiddenSize),
        ParameterSpec.of(LOGIT_WEIGHTS, normal, hiddenSize, vocabularySize),
        ParameterSpec.of(LOGIT_BIAS, normal, vocabularySize));
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer(LOGIT_WEIGHTS, LOGIT_BIAS);
  }

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    Variable x = tape.embedding(tape.parameter(EMBEDDING), inputs); // (batch, time, embedding)
    return tape.lstm( // (batch, time, hidden)
        x,
        tape.parameter(INPUT_WEIGHTS),
        tape.parameter(RECURRENT_WEIGHTS),
        tape.parameter(GATE_BIAS),
        lengths);
  }

  @Override
  public List<Integer> stateWidths() {
    return List.of(hiddenSize, hiddenSize);
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    Variable sums = // (batch, 4 hidden)
        tape.binary(
            BinaryOperation.ADD,
            tape.linear(
                tape.embedding(tape.parameter(EMBEDDING), tokens),
                tape.parameter(INPUT_WEIGHTS),
                tape.parameter(GATE_BIAS),
                Activation.IDENTITY),
            tape.matmul(state.get(0), tape.parameter(RECURRENT_WEIGHTS)));
    LstmCell after = LstmCell.next(tape, sums, state.get(1));
    return new TapeStep(after.hidden(), List.of(after.hidden(), after.cell()));
  }

  @Override
  public StepFunction stepFunction(TensorScope scope, Function<String, Tensor> parameters) {
    // The input product of every token, once for all steps: (vocabulary, 4 hidden).
    Tensor products =
        scope.matmul(parameters.apply(EMBEDDING), false, parameters.apply(INPUT_WEIGHTS), false);
    Tensor inputTable = scope.binary(BinaryOperation.ADD, products, parameters.apply(GATE_BIAS));
    Tensor recurrentWeights = parameters.apply(RECURRENT_WEIGHTS);
    return (step, ids, state, position) ->
        step.run(new LstmStep(inputTable, ids, recurrentWeights, state.get(0), state.get(1)));
  }
}
