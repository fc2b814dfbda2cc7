package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The mean over rows of minus the log-probability of a label: {@code loss = -mean_r log
 * softmax(logits[r])[labels[r]]}, with {@code dlogits[r] = (softmax(logits[r]) - onehot(labels[r]))
 * / n}.
 *
 * @param logits {@code [n, C]}
 * @param labels {@code [n]}, each 0 to C-1; the result is {@code [1]}, in nats
 */
public record SoftmaxCrossEntropy(Tensor logits, IntTensor labels) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(logits);
  }

  @Override
  public List<Storage> operands() {
    return List.of(logits, labels);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(logits, 2);
    shapes.require(labels.hasShape(logits.dim(0)), "logits are %s, labels %s", logits, labels);
  }

  @Override
  public Forward compose(TensorScope scope) {
    int n = logits.dim(0);
    try (TensorScope temporary = scope.backend().openScope()) {
      TargetCells cells = TargetCells.of(temporary, labels, logits.dim(1));
      Tensor picked = cells.pick(temporary, temporary.logSoftmax(logits));
      Tensor loss = scope.affine(temporary.reduce(Reduction.MEAN, picked, 0), -1f, 0f);
      Tensor dLogits = scope.affine(temporary.softmax(logits), 1f / n, 0f);
      Tensor share = temporary.allocate(n, 1);
      temporary.fill(share, 1f / n);
      cells.subtract(temporary, share, dLogits);
      return new Forward(loss, new LossGradients(List.of(dLogits)));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    return ((LossGradients) forward.saved()).times(scope, dOutput);
  }
}
