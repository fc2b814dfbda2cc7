package org.seqgan.backend.dl4j.operation;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Dropout;

/** {@code dropout}, forward and backward in one pass that draws as it goes. */
public final class DropoutLayer implements Fused.WithGradient<Dropout> {
  private final Elementwise elementwise;

  public DropoutLayer(Engine engine) {
    this.elementwise = new Elementwise(engine);
  }

  @Override
  public Forward run(TensorScope scope, Dropout dropout) {
    return Forward.of(masked(scope, dropout.x(), dropout));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, Dropout dropout, Forward forward, Tensor dOutput) {
    return List.of(masked(scope, dOutput, dropout));
  }

  private Tensor masked(TensorScope scope, Tensor x, Dropout dropout) {
    Tensor out = scope.allocate(x.shape());
    elementwise.dropout(
        Dl4jTensor.region(x), dropout.keep(), dropout.draws(), Dl4jTensor.region(out));
    return out;
  }
}
