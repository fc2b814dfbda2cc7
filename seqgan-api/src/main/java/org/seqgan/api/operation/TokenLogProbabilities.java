package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The log-probability, in nats, of a target token for each row: {@code log softmax(h[r] W +
 * b)[targets[r]]}.
 *
 * @param h {@code [n, H]}
 * @param weights W, {@code [H, V]}
 * @param bias b, {@code [V]}
 * @param targets {@code [n]}; the result is {@code [n]}
 */
public record TokenLogProbabilities(Tensor h, Tensor weights, Tensor bias, IntTensor targets)
    implements Operation<Tensor> {
  @Override
  public List<Storage> operands() {
    return List.of(h, weights, bias, targets);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.linear(h, weights, bias);
    shapes.require(targets.hasShape(h.dim(0)), "h is %s, targets are %s", h, targets);
  }

  @Override
  public Tensor compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor logits = new Linear(h, weights, bias, Activation.IDENTITY).compose(temporary).output();
      Tensor logProbabilities = temporary.logSoftmax(logits);
      TargetCells cells = TargetCells.of(temporary, targets, weights.dim(1));
      return scope.affine(cells.pick(temporary, logProbabilities), 1f, 0f);
    }
  }
}
