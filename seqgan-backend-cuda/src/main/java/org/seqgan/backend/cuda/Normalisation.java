package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LayerNorm;

/** {@code layerNorm}: one launch forward; backward one along the rows and one along the columns. */
final class Normalisation implements Fused.WithGradient<LayerNorm> {
  private static final int ROW_PARTS = 8; // as in the kernel

  private final Engine engine;

  Normalisation(Engine engine) {
    this.engine = engine;
  }

  /** z {@code [n, d]}, and the roots {@code sqrt(v + epsilon)} {@code [n]}. */
  private record Normalised(Tensor z, Tensor roots) implements Saved {}

  @Override
  public Forward run(TensorScope scope, LayerNorm norm) {
    Tensor x = norm.x();
    int n = x.dim(0);
    int d = x.dim(1);
    Tensor z = scope.allocate(n, d);
    Tensor roots = scope.allocate(n);
    Tensor out = scope.allocate(n, d);
    engine
        .launchRows("layer_norm", n, d, x)
        .with(address(x))
        .with(address(norm.gain()))
        .with(address(norm.shift()))
        .with(norm.epsilon())
        .with(d)
        .with(address(z))
        .with(address(roots))
        .with(address(out))
        .run();
    return new Forward(out, new Normalised(z, roots));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, LayerNorm norm, Forward forward, Tensor dOutput) {
    Normalised saved = (Normalised) forward.saved();
    int n = dOutput.dim(0);
    int d = dOutput.dim(1);
    Tensor dx = scope.allocate(n, d);
    Tensor dGain = scope.allocate(d);
    Tensor dShift = scope.allocate(d);
    engine
        .launchRows("layer_norm_by_rows", n, d, dOutput)
        .with(address(saved.z()))
        .with(address(saved.roots()))
        .with(address(norm.gain()))
        .with(address(dOutput))
        .with(d)
        .with(address(dx))
        .run();
    engine
        .launch("layer_norm_by_columns", dOutput)
        .grid(Engine.ceil(d, Engine.WARP))
        .block(Engine.WARP, ROW_PARTS)
        .with(address(saved.z()))
        .with(address(dOutput))
        .with(n)
        .with(d)
        .with(address(dGain))
        .with(address(dShift))
        .run();
    return List.of(dx, dGain, dShift);
  }
}
