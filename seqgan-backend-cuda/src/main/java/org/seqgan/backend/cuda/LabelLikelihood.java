package org.seqgan.backend.cuda;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LossGradients;
import org.seqgan.api.operation.SoftmaxCrossEntropy;

/** {@code softmaxCrossEntropy}: loss and gradient at once. */
final class LabelLikelihood implements Fused.WithGradient<SoftmaxCrossEntropy> {
  private final CrossEntropy crossEntropy;

  LabelLikelihood(Engine engine) {
    this.crossEntropy = new CrossEntropy(engine, Checked.SOFTMAX_CROSS_ENTROPY);
  }

  @Override
  public Forward run(TensorScope scope, SoftmaxCrossEntropy operation) {
    Tensor logits = operation.logits();
    Tensor loss = scope.allocate(1);
    Tensor dLogits = scope.allocate(logits.shape());
    try (TensorScope temporary = scope.backend().openScope()) {
      float share = 1f / logits.dim(0);
      crossEntropy.ofRows(temporary, logits, operation.labels(), share, loss, dLogits);
    }
    return new Forward(loss, new LossGradients(List.of(dLogits)));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, SoftmaxCrossEntropy operation, Forward forward, Tensor dOutput) {
    return ((LossGradients) forward.saved()).times(scope, dOutput);
  }
}
