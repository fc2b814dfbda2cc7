package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.ConvMaxPool.Filters;
import org.seqgan.backend.cuda.driver.Launch;

/**
 * {@code convMaxPool}: all widths in one launch. Backward, each filter of each sequence has a
 * derivative at one window only; see {@code conv.cu}.
 */
final class ConvolutionBank implements Fused.WithGradient<ConvMaxPool> {
  private static final int WEIGHTS_OF_A_BLOCK = 8; // as in the kernel

  /** Into at most so many parts the filters are cut, each a warp's of a block. */
  private static final int MOST_PARTS = 8;

  private final Engine engine;

  ConvolutionBank(Engine engine) {
    this.engine = engine;
  }

  /** {@code [B, F1 + F2 + ...]}: the first window that has the maximum. */
  private record Maximal(IntTensor windows) implements Saved {}

  private static FilterBank bank(ConvMaxPool operation) {
    return new FilterBank(operation.bank(), operation.x().dim(2));
  }

  @Override
  public boolean fits(ConvMaxPool operation) {
    return bank(operation).fits() && parts(operation.x()) > 0;
  }

  /**
   * How many parts of the filters have room in a block's memory: a warp's features at all steps.
   */
  private static int parts(Tensor x) {
    return Math.min(MOST_PARTS, Engine.SHARED_BYTES / sharedBytes(x));
  }

  private static int sharedBytes(Tensor x) {
    return x.dim(1) * Engine.WARP * Float.BYTES;
  }

  @Override
  public Forward run(TensorScope scope, ConvMaxPool operation) {
    FilterBank bank = bank(operation);
    Tensor x = operation.x();
    Tensor out = scope.allocate(x.dim(0), bank.columns());
    IntTensor windows = scope.allocateInts(out.shape());
    bank.pool(engine, x, null, x.dim(1), operation.lengths(), out, windows);
    return new Forward(out, new Maximal(windows));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, ConvMaxPool operation, Forward forward, Tensor dOutput) {
    FilterBank bank = bank(operation);
    Passed passed = new Passed(forward.output(), dOutput, ((Maximal) forward.saved()).windows());
    Tensor dx = scope.allocate(operation.x().shape());
    List<Tensor> ofFilters = new ArrayList<>();
    for (Filters filters : bank.filters()) {
      ofFilters.add(scope.allocate(filters.weights().shape()));
      ofFilters.add(scope.allocate(filters.bias().shape()));
    }
    engine.withScratch(
        bank.weights(),
        transposed -> {
          byFilters(operation, bank, passed, ofFilters, transposed);
          byInputs(operation, bank, passed, transposed, dx);
        });
    List<Tensor> gradients = new ArrayList<>();
    gradients.add(dx);
    gradients.addAll(ofFilters);
    return gradients;
  }

  /** What tells where derivatives go, and which pass the ReLU. */
  private record Passed(Tensor output, Tensor dOutput, IntTensor windows) {
    Launch addTo(Launch launch) {
      launch
          .structure(4 * Long.BYTES)
          .putLong(address(output))
          .putLong(address(dOutput))
          .putLong(address(windows))
          .putInt(output.dim(1));
      return launch;
    }
  }

  /** Also transposes the filters, which {@link #byInputs} reads. */
  private void byFilters(
      ConvMaxPool operation,
      FilterBank bank,
      Passed passed,
      List<Tensor> gradients,
      long transposed) {
    Tensor x = operation.x();
    int piecesOfAStep = Engine.ceil(x.dim(2), WEIGHTS_OF_A_BLOCK);
    int transposing = bank.sum(ConvolutionBank::tiles);
    int blocks = bank.sum(each -> each.width() * piecesOfAStep * FilterBank.tiles(each));
    Launch launch =
        engine
            .launch("conv_filter_gradients", x, passed.dOutput())
            .grid(transposing + blocks)
            .block(FilterBank.THREADS);
    bank.addTo(launch, gradients)
        .with(transposing)
        .with(address(x))
        .with(address(operation.lengths()))
        .with(x.dim(0))
        .with(x.dim(1));
    passed.addTo(launch).with(transposed).run();
  }

  /** Of a matrix of weights, 32 x 32 each. */
  private static int tiles(Filters filters) {
    return Engine.ceil(filters.weights().dim(0), Engine.WARP)
        * Engine.ceil(filters.weights().dim(1), Engine.WARP);
  }

  private void byInputs(
      ConvMaxPool operation, FilterBank bank, Passed passed, long transposed, Tensor dx) {
    Tensor x = operation.x();
    int parts = parts(x);
    Launch launch =
        engine
            .launch("conv_step_gradients", x, passed.dOutput())
            .grid(x.dim(0), Engine.ceil(x.dim(2), Engine.WARP), 1)
            .block(parts * Engine.WARP)
            .shared(parts * sharedBytes(x));
    bank.addTo(launch).with(transposed).with(address(operation.lengths())).with(x.dim(1));
    passed.addTo(launch).with(address(dx)).run();
  }
}
