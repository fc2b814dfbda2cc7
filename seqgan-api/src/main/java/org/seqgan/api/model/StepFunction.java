package org.seqgan.api.model;

import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * One step of a model while it samples. Whatever can be computed once for many steps has been, when
 * this was made.
 */
@FunctionalInterface
public interface StepFunction {
  /**
   * Reads one token for each of n sequences.
   *
   * @param scope for temporaries and the result
   * @param ids {@code [n]}: the tokens read, the start token in the first step
   * @param state the state of every sequence, {@code [n, width]} each, changed in place; zero
   *     before the first step
   * @param position of the token that is drawn next, of all sequences: 0 in the first step
   * @return the hidden states from which the next tokens are drawn, {@code [n, H]}; may be one of
   *     {@code state}
   */
  Tensor step(TensorScope scope, IntTensor ids, List<Tensor> state, int position);
}
