package org.seqgan.api.backend;

import java.util.List;

/**
 * Results of backward operations: the derivative of the loss by each input, of that input's shape.
 */
public final class Gradients {
  private Gradients() {}

  /** Of {@link TensorScope#linear}. */
  public record Linear(Tensor x, Tensor weights, Tensor bias) {}

  /** Of {@link TensorScope#lstm}. */
  public record Lstm(Tensor x, Tensor inputWeights, Tensor recurrentWeights, Tensor bias) {}

  /** Of one width of {@link TensorScope#convMaxPool}. */
  public record Filters(Tensor weights, Tensor bias) {}

  /** Of {@link TensorScope#convMaxPool}; {@code filters} in the order of the bank. */
  public record ConvMaxPool(Tensor x, List<Filters> filters) {}

  /** Of {@link TensorScope#highway}. */
  public record Highway(
      Tensor x,
      Tensor transformWeights,
      Tensor transformBias,
      Tensor gateWeights,
      Tensor gateBias) {}

  /**
   * Of {@link TensorScope#linearCrossEntropy}, together with its value, because both come from one
   * pass.
   *
   * @param loss {@code [1]}: minus the sum of weight times log-probability, in nats
   * @param logProbabilities {@code [n]}: of each target, in nats
   * @param h derivative by the hidden states
   * @param weights derivative by the output matrix
   * @param bias derivative by the output bias
   */
  public record CrossEntropy(
      Tensor loss, Tensor logProbabilities, Tensor h, Tensor weights, Tensor bias) {}

  /**
   * Of {@link TensorScope#softmaxCrossEntropy}, together with its value.
   *
   * @param loss {@code [1]}: the mean over rows of minus the log-probability of the label, in nats
   * @param probabilities {@code [n, C]}
   * @param logits derivative by the logits
   */
  public record Softmax(Tensor loss, Tensor probabilities, Tensor logits) {}
}
