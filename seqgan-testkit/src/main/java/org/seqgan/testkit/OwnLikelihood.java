package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.random.RandomStream;

/** Maximum likelihood as a trainer writes it for a generator's forward function. */
record OwnLikelihood(OnTape<AutoregressiveModel> model, Vocabulary vocabulary) {
  List<String> names() {
    return model.forward().parameters().stream().map(ParameterSpec::name).toList();
  }

  Step train(Sequences batch, RandomStream stream) {
    return model.train(tape -> loss(tape, batch), stream);
  }

  double loss(Sequences batch) {
    return model.compute(tape -> loss(tape, batch))[0];
  }

  /** The states from which tokens are drawn, {@code [B, T, H]}, of whole sequences. */
  float[] states(Sequences batch) {
    return model.compute(tape -> hidden(tape, batch, inputs(batch)));
  }

  /** The same with the tokens read one by one, as ids or as relaxed tokens of one token each. */
  float[] statesByStep(Sequences batch, boolean relaxed) {
    int[] inputs = inputs(batch);
    int count = batch.count();
    return model.compute(
        tape -> {
          TensorScope scope = tape.scope();
          List<Variable> state = new ArrayList<>();
          for (int width : model.forward().stateWidths()) {
            state.add(tape.constant(scope.zeros(count, width)));
          }
          List<Variable> hidden = new ArrayList<>();
          for (int t = 0; t < batch.time(); t++) {
            int[] column = new int[count];
            for (int i = 0; i < count; i++) {
              column[i] = inputs[i * batch.time() + t];
            }
            Tokens tokens = new Tokens.Ids(scope.ints(column, count));
            if (relaxed) {
              tokens = new Tokens.Relaxed(ToyModel.oneHot(tape, tokens, vocabulary.size()));
            }
            AutoregressiveModel.TapeStep step = model.forward().step(tape, tokens, state, t);
            state = step.state();
            int width = step.hidden().value().dim(1);
            hidden.add(tape.reshape(step.hidden(), count, 1, width));
          }
          return tape.concat(hidden, 1);
        });
  }

  private int[] inputs(Sequences batch) {
    int time = batch.time();
    int[] inputs = new int[batch.tokens().length];
    for (int i = 0; i < batch.count(); i++) {
      inputs[i * time] = vocabulary.startToken();
      System.arraycopy(batch.tokens(), i * time, inputs, i * time + 1, time - 1);
    }
    return inputs;
  }

  private Variable hidden(Tape tape, Sequences batch, int[] inputs) {
    TensorScope scope = tape.scope();
    return model
        .forward()
        .hidden(
            tape,
            scope.ints(inputs, batch.count(), batch.time()),
            scope.ints(batch.lengths(), batch.count())); // (batch, time, hidden)
  }

  /** The mean over tokens of -log G, {@code [1]}. */
  private Variable loss(Tape tape, Sequences batch) {
    TensorScope scope = tape.scope();
    int time = batch.time();
    int[] inputs = inputs(batch);
    float[] weights = new float[inputs.length];
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(weights, i * time, i * time + batch.length(i), 1f / batch.tokenCount());
    }
    AutoregressiveModel forward = model.forward();
    Variable hidden = hidden(tape, batch, inputs);
    Variable rows = tape.reshape(hidden, inputs.length, hidden.value().dim(2));
    IntTensor targets = scope.ints(batch.tokens(), inputs.length);
    Tensor ofTokens = scope.tensor(weights, inputs.length);
    return tape.apply(
        List.of(
            rows,
            tape.parameter(forward.outputLayer().weights()),
            tape.parameter(forward.outputLayer().bias())),
        in -> new LinearCrossEntropy(in.get(0), in.get(1), in.get(2), targets, ofTokens));
  }
}
