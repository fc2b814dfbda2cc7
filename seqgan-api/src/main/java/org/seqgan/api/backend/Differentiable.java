package org.seqgan.api.backend;

import java.util.List;

/**
 * An operation of one value, with its gradient: the derivative of a loss by each input, given that
 * by the value.
 */
public interface Differentiable extends Operation<Forward> {
  /** The inputs that it can be derived by, in the order of {@link #composeGradients}. */
  List<Tensor> inputs();

  @Override
  default List<? extends Storage> operands() {
    return inputs();
  }

  /**
   * Computes the gradients from primitives.
   *
   * @param scope in which they live; temporaries go elsewhere
   * @param forward what {@link #compose} gave
   * @param dOutput the derivative of the loss by the output, of the output's shape
   * @return the derivative by each of {@link #inputs()}, of that input's shape
   */
  List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput);
}
