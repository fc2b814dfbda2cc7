package org.seqgan.testkit;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.autograd.Tape;
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

  /** The mean over tokens of -log G, {@code [1]}. */
  private Variable loss(Tape tape, Sequences batch) {
    TensorScope scope = tape.scope();
    int time = batch.time();
    int[] inputs = new int[batch.tokens().length];
    float[] weights = new float[inputs.length];
    for (int i = 0; i < batch.count(); i++) {
      inputs[i * time] = vocabulary.startToken();
      System.arraycopy(batch.tokens(), i * time, inputs, i * time + 1, time - 1);
      Arrays.fill(weights, i * time, i * time + batch.length(i), 1f / batch.tokenCount());
    }
    AutoregressiveModel forward = model.forward();
    Variable hidden =
        forward.hidden(
            tape,
            scope.ints(inputs, batch.count(), time),
            scope.ints(batch.lengths(), batch.count())); // (batch, time, hidden)
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
