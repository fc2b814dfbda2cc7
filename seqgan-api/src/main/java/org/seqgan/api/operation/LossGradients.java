package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The gradients of a loss {@code [1]} that were computed together with it; what a fused
 * implementation of such a loss may save too.
 *
 * @param gradients by each input
 */
public record LossGradients(List<Tensor> gradients) implements Saved {
  /** Copies the list. */
  public LossGradients {
    gradients = List.copyOf(gradients);
  }

  /**
   * The gradients where the loss is a part of another, whose derivative by it is {@code [1]}. Where
   * it is the loss itself, which {@link TensorScope#isOne} tells, they are what they are: to
   * multiply the gradient of an output layer by 1 takes a tenth of a step of maximum likelihood.
   */
  public List<Tensor> times(TensorScope scope, Tensor dLoss) {
    if (scope.isOne(dLoss)) {
      return gradients;
    }
    return gradients.stream()
        .map(gradient -> scope.binary(BinaryOperation.MULTIPLY, gradient, dLoss))
        .toList();
  }
}
