package org.seqgan.api.model;

import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;

/**
 * A discriminator given as a forward function alone; {@link
 * org.seqgan.api.discriminator.DiscriminatorContext#classifier} makes the rest. Immutable: it holds
 * sizes.
 */
public interface SequenceClassifier {
  /** All parameters, in a fixed order. */
  List<ParameterSpec> parameters();

  /**
   * What of a sequence the classes are told from.
   *
   * @param tokens {@code [B, T]}
   * @param lengths {@code [B]}
   * @return {@code [B, F]}
   */
  Variable features(Tape tape, Tokens tokens, IntTensor lengths);

  /**
   * The logits of the classes generated (0) and real (1).
   *
   * @param features {@code [B, F]}
   * @return {@code [B, 2]}
   */
  Variable classify(Tape tape, Variable features);

  /**
   * The logits of the classes generated (0) and real (1).
   *
   * @param tokens {@code [B, T]}
   * @param lengths {@code [B]}
   * @return {@code [B, 2]}
   */
  default Variable logits(Tape tape, Tokens tokens, IntTensor lengths) {
    return classify(tape, features(tape, tokens, lengths));
  }

  /** Names of the parameters under the L2 penalty. */
  List<String> penalised();

  /**
   * Lambda: the loss has {@code lambda * sum(p^2) / 2} for every penalised parameter p; 0 for none.
   */
  float l2();
}
