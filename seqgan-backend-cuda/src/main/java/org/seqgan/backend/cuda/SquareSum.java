package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.SumOfSquares;

/** {@code sumOfSquares}: a sum for each block, then the sum of those. */
final class SquareSum implements Fused.WithGradient<SumOfSquares> {
  private static final int ELEMENTS_OF_A_BLOCK = 16 * Engine.BLOCK;
  private static final int MOST_BLOCKS = 256;

  private final Engine engine;
  private final Reductions reductions;

  SquareSum(Engine engine) {
    this.engine = engine;
    this.reductions = new Reductions(engine);
  }

  @Override
  public Forward run(TensorScope scope, SumOfSquares operation) {
    Tensor a = operation.a();
    Tensor sum = scope.allocate(1);
    if (SmallWork.isSmall(a.size())) {
      engine.small().squares(a, sum);
    } else {
      int blocks = Math.min(Engine.ceil(a.size(), ELEMENTS_OF_A_BLOCK), MOST_BLOCKS);
      engine.withScratch(
          blocks,
          partial -> {
            squares(a, blocks, partial);
            reductions.sum(partial, blocks, sum);
          });
    }
    return Forward.of(sum);
  }

  private void squares(Tensor a, int blocks, long partial) {
    engine
        .launch("square_sums", a)
        .grid(blocks)
        .block(Engine.BLOCK)
        .with(address(a))
        .with(a.size())
        .with(partial)
        .run();
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, SumOfSquares operation, Forward forward, Tensor dOutput) {
    Tensor a = operation.a();
    Tensor da = scope.allocate(a.shape());
    engine
        .launchEach("scale_by", a.size(), a)
        .with(address(a))
        .with(2f)
        .with(address(dOutput))
        .with(address(da))
        .with(a.size())
        .run();
    return List.of(da);
  }
}
