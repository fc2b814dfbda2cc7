package org.seqgan.core.model;

import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.operation.LinearCrossEntropy;

/**
 * The loss of maximum likelihood and of the policy gradient (Eq. 6-8) alike:
 *
 * <pre>
 * loss = -sum_t weights_t log G_T(y_t | Y_1:t-1)    G_T = softmax((h W + b) / T)
 * </pre>
 *
 * <p>T is the temperature of the policy whose likelihood it is; what was drawn otherwise has
 * weights for that. It stands in h and b, so that the product has its one operation: {@code (h W +
 * b) / T = (h / T) W + b / T}.
 *
 * @param output W and b
 * @param temperature T
 */
public record WeightedLikelihood(OutputLayer output, float temperature) {
  /**
   * The loss, {@code [1]}.
   *
   * @param hidden h, the state from which each token is drawn, {@code [B * T, H]}
   * @param batch the tokens
   * @param weights of each token, {@code [B * T]}; 0 after the end of a sequence
   */
  public Variable loss(Tape tape, Variable hidden, Sequences batch, float[] weights) {
    IntTensor targets = tape.scope().ints(batch.tokens(), weights.length);
    Tensor ofTokens = tape.scope().tensor(weights, weights.length);
    return tape.apply(
        List.of(
            tempered(tape, hidden),
            tape.parameter(output.weights()),
            tempered(tape, tape.parameter(output.bias()))),
        in -> new LinearCrossEntropy(in.get(0), in.get(1), in.get(2), targets, ofTokens));
  }

  private Variable tempered(Tape tape, Variable a) {
    return temperature == 1f ? a : tape.affine(a, 1 / temperature, 0f);
  }
}
