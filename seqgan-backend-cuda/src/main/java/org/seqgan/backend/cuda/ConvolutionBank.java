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
  private static final int SHARED_BYTES_OF_EVERY_DEVICE = 48 << 10;

  /** Into so many parts the filters are cut, so that few sequences keep a device busy. */
  private static final int PARTS = 8;

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
    return bank(operation).fits() && sharedBytes(operation.x()) <= SHARED_BYTES_OF_EVERY_DEVICE;
  }

  /** A warp's column of features at all steps. */
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
    List<Tensor> gradients = new ArrayList<>();
    gradients.add(byInputs(scope, operation, bank, passed));
    gradients.addAll(byFilters(scope, operation, bank, passed));
    return gradients;
  }

  /** What tells where derivatives go, and which pass the ReLU. */
  private record Passed(Tensor output, Tensor dOutput, IntTensor windows) {
    Launch addTo(Launch launch) {
      return launch.with(address(output)).with(address(dOutput)).with(address(windows));
    }
  }

  private List<Tensor> byFilters(
      TensorScope scope, ConvMaxPool operation, FilterBank bank, Passed passed) {
    Tensor x = operation.x();
    List<Tensor> gradients = new ArrayList<>();
    for (Filters filters : bank.filters()) {
      gradients.add(scope.allocate(filters.weights().shape()));
      gradients.add(scope.allocate(filters.bias().shape()));
    }
    Launch launch =
        engine.launch("conv_filter_gradients", x, passed.dOutput()).block(FilterBank.THREADS);
    int piecesOfAStep = Engine.ceil(x.dim(2), WEIGHTS_OF_A_BLOCK);
    int blocks =
        bank.addTo(
            launch,
            filters -> filters.width() * piecesOfAStep * FilterBank.tiles(filters),
            gradients);
    launch
        .grid(blocks)
        .with(address(x))
        .with(address(operation.lengths()))
        .with(x.dim(0))
        .with(x.dim(1))
        .with(x.dim(2))
        .with(bank.columns());
    passed.addTo(launch).run();
    return gradients;
  }

  private Tensor byInputs(
      TensorScope scope, ConvMaxPool operation, FilterBank bank, Passed passed) {
    Tensor x = operation.x();
    Tensor dx = scope.allocate(x.shape());
    long words = (long) bank.weights() + (long) PARTS * x.size();
    engine.withScratch(
        words,
        scratch -> {
          long parts = scratch + (long) Float.BYTES * bank.weights();
          transposeWeights(bank, x, scratch);
          addFilters(operation, bank, passed, scratch, parts);
          engine
              .launchEach("sum_parts", x.size(), x)
              .with(parts)
              .with(PARTS)
              .with(address(dx))
              .with(x.size())
              .run();
        });
    return dx;
  }

  private void transposeWeights(FilterBank bank, Tensor x, long transposed) {
    Launch launch = engine.launch("conv_transpose_weights", x).block(Engine.WARP * Engine.WARP);
    int blocks =
        bank.addTo(
            launch,
            filters ->
                Engine.ceil(filters.weights().dim(0), Engine.WARP)
                    * Engine.ceil(filters.weights().dim(1), Engine.WARP),
            List.of());
    launch.grid(blocks).with(x.dim(2)).with(transposed).run();
  }

  private void addFilters(
      ConvMaxPool operation, FilterBank bank, Passed passed, long transposed, long parts) {
    Tensor x = operation.x();
    Launch launch =
        engine
            .launch("conv_step_gradients", x, passed.dOutput())
            .grid(x.dim(0), Engine.ceil(x.dim(2), Engine.WARP), PARTS)
            .block(Engine.WARP)
            .shared(sharedBytes(x));
    bank.addTo(launch);
    launch
        .with(transposed)
        .with(address(operation.lengths()))
        .with(x.dim(1))
        .with(x.dim(2))
        .with(bank.columns());
    passed.addTo(launch).with(parts).run();
  }
}
