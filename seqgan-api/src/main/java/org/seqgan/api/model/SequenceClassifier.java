package org.seqgan.api.model;

import java.util.List;
import org.seqgan.api.autograd.Tape;
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
   * The logits of the classes generated (0) and real (1).
   *
   * @param tokens {@code [B, T]}
   * @param lengths {@code [B]}
   * @return {@code [B, 2]}
   */
  Variable logits(Tape tape, IntTensor tokens, IntTensor lengths);

  /** Names of the parameters under the L2 penalty. */
  List<String> penalised();

  /**
   * Lambda: the loss has {@code lambda * sum(p^2) / 2} for every penalised parameter p; 0 for none.
   */
  float l2();
}
