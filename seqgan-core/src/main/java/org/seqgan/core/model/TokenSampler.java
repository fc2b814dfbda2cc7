package org.seqgan.core.model;

import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/** Draws a token for each row of hidden states. */
@FunctionalInterface
interface TokenSampler {
  /**
   * Draws.
   *
   * @param hidden {@code [n, H]}
   * @param draws what each row draws
   * @param out {@code [n]}, overwritten by the tokens
   */
  void draw(TensorScope temporary, Tensor hidden, RowsUnderWay.Draws draws, IntTensor out);
}
