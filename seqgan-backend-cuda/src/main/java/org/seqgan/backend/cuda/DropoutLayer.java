package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Dropout;

/** {@code dropout}, forward and backward alike: the kernel draws as it goes. */
final class DropoutLayer implements Fused.WithGradient<Dropout> {
  private final Engine engine;

  DropoutLayer(Engine engine) {
    this.engine = engine;
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
    Engine.with(
            engine.launchEach("dropout", x.size(), x).with(address(x)).with(dropout.keep()),
            dropout.draws())
        .with(address(out))
        .with(x.size())
        .run();
    return out;
  }
}
