package org.seqgan.backend.dl4j.operation;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LossGradients;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.backend.dl4j.memory.FloatRegion;

/**
 * {@code softmaxCrossEntropy}: the primitives of its composition, but labels and the numbers that
 * belong to them are used where they are, without a copy to the host and back.
 */
public final class LabelLikelihood implements Fused.WithGradient<SoftmaxCrossEntropy> {
  @Override
  public Forward run(TensorScope scope, SoftmaxCrossEntropy operation) {
    Tensor logits = operation.logits();
    int rows = logits.dim(0);
    int classes = logits.dim(1);
    Dl4jIntTensor labels = Dl4jIntTensor.of(operation.labels());
    RowOperations.requireRows(operation.name(), labels, classes);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor logProbabilities = temporary.logSoftmax(logits);
      Tensor picked = temporary.allocate(rows);
      Tensor dLogits = scope.affine(temporary.softmax(logits), 1f / rows, 0f);
      FloatRegion gradient = Dl4jTensor.region(dLogits);
      for (int r = 0; r < rows; r++) {
        int at = r * classes + labels.get(r);
        Dl4jTensor.region(picked).set(r, Dl4jTensor.region(logProbabilities).get(at));
        gradient.set(at, gradient.get(at) - 1f / rows);
      }
      Tensor loss = scope.affine(temporary.reduce(Reduction.MEAN, picked, 0), -1f, 0f);
      return new Forward(loss, new LossGradients(List.of(dLogits)));
    }
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, SoftmaxCrossEntropy operation, Forward forward, Tensor dOutput) {
    return ((LossGradients) forward.saved()).times(scope, dOutput);
  }
}
