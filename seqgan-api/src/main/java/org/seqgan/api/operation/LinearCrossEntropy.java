package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The weighted negative log-likelihood of target tokens: {@code loss = -sum_r tokenWeights[r] log
 * softmax(h[r] W + b)[targets[r]]}. With weights 1 / number of tokens it is the MLE loss; with a
 * reward as weight, the policy-gradient loss. With logits s = h W + b,
 *
 * <pre>
 * ds[r] = tokenWeights[r] (softmax(s[r]) - onehot(targets[r]))
 * dh = ds W^T    dW = h^T ds    db = 1^T ds
 * </pre>
 *
 * <p>All come from one pass over the logits, so the gradients are computed with the loss and kept.
 *
 * @param h {@code [n, H]}
 * @param weights W, {@code [H, V]}
 * @param bias b, {@code [V]}
 * @param targets {@code [n]}
 * @param tokenWeights {@code [n]}; 0 for padding. The result is {@code [1]}, in nats
 */
public record LinearCrossEntropy(
    Tensor h, Tensor weights, Tensor bias, IntTensor targets, Tensor tokenWeights)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(h, weights, bias);
  }

  @Override
  public List<Storage> operands() {
    return List.of(h, weights, bias, targets, tokenWeights);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.linear(h, weights, bias);
    shapes.require(
        targets.hasShape(h.dim(0)) && tokenWeights.hasShape(h.dim(0)),
        "h is %s, targets are %s, weights of tokens %s",
        h,
        targets,
        tokenWeights);
  }

  @Override
  public Forward compose(TensorScope scope) {
    int n = h.dim(0);
    int vocabulary = weights.dim(1);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor logits = new Linear(h, weights, bias, Activation.IDENTITY).compose(temporary).output();
      TargetCells cells = TargetCells.of(temporary, targets, vocabulary);
      Tensor logProbabilities = cells.pick(temporary, temporary.logSoftmax(logits));
      Tensor weighted = temporary.binary(BinaryOperation.MULTIPLY, tokenWeights, logProbabilities);
      Tensor loss = scope.affine(temporary.reduce(Reduction.SUM, weighted, 0), -1f, 0f);

      Tensor weightColumn = temporary.reshape(tokenWeights, n, 1);
      Tensor ones = temporary.allocate(1, vocabulary);
      temporary.fill(ones, 1f);
      Tensor repeatedWeights = temporary.matmul(weightColumn, false, ones, false);
      Tensor dLogits =
          temporary.binary(BinaryOperation.MULTIPLY, temporary.softmax(logits), repeatedWeights);
      cells.subtract(temporary, weightColumn, dLogits);
      return new Forward(
          loss,
          new LossGradients(
              List.of(
                  scope.matmul(dLogits, false, weights, true),
                  scope.matmul(h, true, dLogits, false),
                  scope.reduce(Reduction.SUM, dLogits, 0))));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return ((LossGradients) forward.saved()).times(scope, dOutput);
  }
}
