package org.seqgan.backend.dl4j.operation;

import static org.seqgan.backend.dl4j.operation.LinearLayer.matrix;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Lstm;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.operation.Products.Product;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * {@code lstm}: one product for the inputs of all steps; then each worker takes some sequences
 * through all their steps, so that nobody waits at a step.
 */
public final class LstmSequence implements Fused.WithGradient<Lstm> {
  private static final int SEQUENCES_PER_BLOCK = 16;

  private final Engine engine;
  private final Products products;
  private final LinearLayer linear;

  public LstmSequence(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
    this.linear = new LinearLayer(engine);
  }

  /**
   * What backward needs.
   *
   * @param gates {@code [B, T, 4H]}: i, f, o, g
   * @param cells {@code [B, T, H]}
   */
  private record LstmSaved(Tensor gates, Tensor cells) implements Saved {}

  /** The sizes of a call. */
  private record Sizes(int batch, int time, int features, int hidden) {
    static Sizes of(Lstm lstm) {
      Tensor x = lstm.x();
      return new Sizes(x.dim(0), x.dim(1), x.dim(2), lstm.recurrentWeights().dim(0));
    }

    int rows() {
      return batch * time;
    }

    int gates() {
      return 4 * hidden;
    }

    int blocks() {
      return (batch + SEQUENCES_PER_BLOCK - 1) / SEQUENCES_PER_BLOCK;
    }
  }

  @Override
  public Forward run(TensorScope scope, Lstm lstm) {
    Sizes sizes = Sizes.of(lstm);
    Tensor gates =
        linear.forward(
            scope,
            scope.reshape(lstm.x(), sizes.rows(), sizes.features()),
            lstm.inputWeights(),
            lstm.bias(),
            Activation.IDENTITY);
    Tensor cells = scope.allocate(sizes.batch(), sizes.time(), sizes.hidden());
    Tensor out = scope.allocate(sizes.batch(), sizes.time(), sizes.hidden());
    ForwardRun run =
        new ForwardRun(
            sizes,
            Dl4jTensor.region(gates),
            Dl4jTensor.region(cells),
            Dl4jTensor.region(out),
            matrix(lstm.recurrentWeights()),
            Dl4jIntTensor.of(lstm.lengths()));
    engine.workers().forEach(sizes.blocks(), (block, scratch) -> forward(run, block, scratch));
    return new Forward(out, new LstmSaved(gates, cells));
  }

  private record ForwardRun(
      Sizes sizes,
      FloatRegion gates,
      FloatRegion cells,
      FloatRegion out,
      FloatRegion.Matrix recurrentWeights,
      Dl4jIntTensor lengths) {}

  private void forward(ForwardRun run, int block, Scratch scratch) {
    Sizes sizes = run.sizes();
    int hidden = sizes.hidden();
    int from = block * SEQUENCES_PER_BLOCK;
    int to = Math.min(sizes.batch(), from + SEQUENCES_PER_BLOCK);
    float[] gates = scratch.heap(0, sizes.gates());
    float[] c = scratch.heap(1, SEQUENCES_PER_BLOCK * hidden);
    float[] h = scratch.heap(2, hidden);
    float[] zeros = zeros(3, hidden, scratch);
    Arrays.fill(c, 0, (to - from) * hidden, 0f);
    LstmCell cell = new LstmCell(engine.kernels(), hidden);
    for (int step = 0; step < sizes.time(); step++) {
      if (step > 0) {
        addRecurrentProduct(run, from, to, step);
      }
      for (int sequence = from; sequence < to; sequence++) {
        int row = sequence * sizes.time() + step;
        if (step >= run.lengths().get(sequence)) {
          run.out().store(row * hidden, zeros, 0, hidden);
          continue;
        }
        int at = (sequence - from) * hidden;
        run.gates().load(row * sizes.gates(), gates, 0, sizes.gates());
        cell.forward(gates, 0, c, at, h, 0);
        run.gates().store(row * sizes.gates(), gates, 0, sizes.gates());
        run.cells().store(row * hidden, c, at, hidden);
        run.out().store(row * hidden, h, 0, hidden);
      }
    }
  }

  /** {@code gates[:, step] += h[:, step - 1] U} for some sequences. */
  private void addRecurrentProduct(ForwardRun run, int from, int to, int step) {
    Sizes sizes = run.sizes();
    FloatRegion h = run.out().from((from * sizes.time() + step - 1) * sizes.hidden());
    FloatRegion gates = run.gates().from((from * sizes.time() + step) * sizes.gates());
    engine
        .gemm()
        .multiply(
            h.matrix(sizes.time() * sizes.hidden()),
            false,
            run.recurrentWeights(),
            false,
            gates.matrix(sizes.time() * sizes.gates()),
            new Gemm.Size(to - from, sizes.gates(), sizes.hidden()),
            1f);
  }

  @Override
  public List<Tensor> gradients(TensorScope scope, Lstm lstm, Forward forward, Tensor dOutput) {
    Sizes sizes = Sizes.of(lstm);
    LstmSaved saved = (LstmSaved) forward.saved();
    LinearLayer.Gradients ofInputs =
        LinearLayer.Gradients.allocate(scope, lstm.x(), lstm.inputWeights());
    Tensor dRecurrentWeights = scope.allocate(lstm.recurrentWeights().shape());
    engine.withTemporary(
        sizes.rows() * sizes.gates(),
        dGates -> {
          BackwardRun run =
              new BackwardRun(
                  sizes,
                  Dl4jTensor.region(saved.gates()),
                  Dl4jTensor.region(saved.cells()),
                  Dl4jTensor.region(dOutput),
                  dGates,
                  matrix(lstm.recurrentWeights()),
                  Dl4jIntTensor.of(lstm.lengths()));
          engine
              .workers()
              .forEach(sizes.blocks(), (block, scratch) -> backward(run, block, scratch));
          recurrentWeightGradients(sizes, forward.output(), dGates, dRecurrentWeights);
          Tensor rows = scope.reshape(lstm.x(), sizes.rows(), sizes.features());
          linear.backward(rows, lstm.inputWeights(), dGates, ofInputs);
        });
    return List.of(ofInputs.x(), ofInputs.weights(), dRecurrentWeights, ofInputs.bias());
  }

  private record BackwardRun(
      Sizes sizes,
      FloatRegion gates,
      FloatRegion cells,
      FloatRegion dOutput,
      FloatRegion dGates,
      FloatRegion.Matrix recurrentWeights,
      Dl4jIntTensor lengths) {}

  private void backward(BackwardRun run, int block, Scratch scratch) {
    Sizes sizes = run.sizes();
    int hidden = sizes.hidden();
    int from = block * SEQUENCES_PER_BLOCK;
    int to = Math.min(sizes.batch(), from + SEQUENCES_PER_BLOCK);
    int count = (to - from) * hidden;
    float[] dH = scratch.heap(0, count);
    float[] dC = scratch.heap(1, count);
    Arrays.fill(dH, 0, count, 0f);
    Arrays.fill(dC, 0, count, 0f);
    FloatRegion dPrevious = scratch.tile(0, count);
    for (int step = sizes.time() - 1; step >= 0; step--) {
      for (int sequence = from; sequence < to; sequence++) {
        backwardStep(run, sequence, step, dH, dC, (sequence - from) * hidden, scratch);
      }
      if (step > 0) {
        FloatRegion dGates = run.dGates().from((from * sizes.time() + step) * sizes.gates());
        engine
            .gemm()
            .multiply(
                dGates.matrix(sizes.time() * sizes.gates()),
                false,
                run.recurrentWeights(),
                true,
                dPrevious.matrix(hidden),
                new Gemm.Size(to - from, hidden, sizes.gates()),
                0f);
        dPrevious.load(0, dH, 0, count);
      }
    }
  }

  /** One step of one sequence; {@code dH} holds the derivative through the next step. */
  private void backwardStep(
      BackwardRun run, int sequence, int step, float[] dH, float[] dC, int at, Scratch scratch) {
    Sizes sizes = run.sizes();
    int hidden = sizes.hidden();
    int row = sequence * sizes.time() + step;
    if (step >= run.lengths().get(sequence)) {
      run.dGates().store(row * sizes.gates(), zeros(5, sizes.gates(), scratch), 0, sizes.gates());
      return;
    }
    float[] gates = scratch.heap(2, sizes.gates());
    float[] c = scratch.heap(3, hidden);
    float[] previousC = scratch.heap(4, hidden);
    float[] dOut = scratch.heap(6, hidden);
    run.gates().load(row * sizes.gates(), gates, 0, sizes.gates());
    run.cells().load(row * hidden, c, 0, hidden);
    run.dOutput().load(row * hidden, dOut, 0, hidden);
    if (step > 0) {
      run.cells().load((row - 1) * hidden, previousC, 0, hidden);
    } else {
      Arrays.fill(previousC, 0, hidden, 0f);
    }
    engine.kernels().addScaled(dOut, 0, 1f, dH, at, hidden);
    new LstmCell(engine.kernels(), hidden).backward(gates, c, previousC, dH, dC, at);
    run.dGates().store(row * sizes.gates(), gates, 0, sizes.gates());
  }

  /** {@code dU = sum over steps of h[t-1]^T dGates[t]}. */
  private void recurrentWeightGradients(
      Sizes sizes, Tensor out, FloatRegion dGates, Tensor dRecurrentWeights) {
    engine.withTemporary(
        sizes.rows() * sizes.hidden(),
        previous -> {
          shiftByOneStep(sizes, Dl4jTensor.region(out), previous);
          products.multiply(
              new Product(
                  previous.matrix(sizes.hidden()),
                  true,
                  dGates.matrix(sizes.gates()),
                  false,
                  matrix(dRecurrentWeights),
                  0f),
              new Gemm.Size(sizes.hidden(), sizes.gates(), sizes.rows()));
        });
  }

  /** {@code previous[b, t] = h[b, t - 1]}, 0 at the first step. */
  private void shiftByOneStep(Sizes sizes, FloatRegion h, FloatRegion previous) {
    int hidden = sizes.hidden();
    engine
        .workers()
        .forEach(
            sizes.batch(),
            (sequence, scratch) -> {
              int at = sequence * sizes.time() * hidden;
              previous.store(at, zeros(0, hidden, scratch), 0, hidden);
              previous.copyFrom(at + hidden, h, at, (sizes.time() - 1) * hidden);
            });
  }

  private static float[] zeros(int slot, int count, Scratch scratch) {
    float[] zeros = scratch.heap(slot, count);
    Arrays.fill(zeros, 0, count, 0f);
    return zeros;
  }
}
