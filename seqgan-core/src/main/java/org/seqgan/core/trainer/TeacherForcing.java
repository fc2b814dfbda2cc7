package org.seqgan.core.trainer;

import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.core.model.WeightedLikelihood;

/**
 * What a generator's forward function says of given sequences, each token read after the true ones
 * before it: the pieces of losses on the tape.
 *
 * @param model the forward function
 * @param startToken read before the first token
 */
record TeacherForcing(AutoregressiveModel model, int startToken) {
  /** The state from which each token is drawn, {@code [B * T, H]}. */
  Variable hidden(Tape tape, Sequences batch) {
    TensorScope scope = tape.scope();
    int time = batch.time();
    int[] inputs = new int[batch.tokens().length];
    for (int i = 0; i < batch.count(); i++) {
      inputs[i * time] = startToken;
      System.arraycopy(batch.tokens(), i * time, inputs, i * time + 1, time - 1);
    }
    Variable hidden = // (batch, time, hidden)
        model.hidden(
            tape,
            scope.ints(inputs, batch.count(), time),
            scope.ints(batch.lengths(), batch.count()));
    return tape.reshape(hidden, inputs.length, hidden.value().dim(2));
  }

  /**
   * The logarithms of the distributions from which the tokens of the sequences were to be drawn,
   * {@code [tokens, V]}: sequence by sequence, without padding.
   */
  Variable logDistributions(Tape tape, Sequences batch) {
    int[] cells = NextTokens.everyCell(batch);
    Variable counting = tape.embedding(hidden(tape, batch), tape.scope().ints(cells, cells.length));
    Variable logits =
        tape.linear(
            counting,
            tape.parameter(model.outputLayer().weights()),
            tape.parameter(model.outputLayer().bias()),
            Activation.IDENTITY);
    return tape.logSoftmax(logits);
  }

  /**
   * {@code -sum weights_t log G(y_t | Y_1:t-1)}, {@code [1]}.
   *
   * @param hidden of {@link #hidden}, changed perhaps
   * @param weights of each token, {@code [B * T]}; 0 after the end of a sequence
   */
  Variable crossEntropy(Tape tape, Variable hidden, Sequences batch, float[] weights) {
    return crossEntropy(tape, hidden, batch, weights, 1f);
  }

  /**
   * The same of softmax(logits / temperature) in the place of G.
   *
   * @param temperature of the policy
   */
  Variable crossEntropy(
      Tape tape, Variable hidden, Sequences batch, float[] weights, float temperature) {
    return new WeightedLikelihood(model.outputLayer(), temperature)
        .loss(tape, hidden, batch, weights);
  }
}
