package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Lstm;
import org.seqgan.backend.cuda.Products.Operand;
import org.seqgan.backend.cuda.Products.Product;

/**
 * {@code lstm}: one product for the inputs of all steps, one launch for all steps ({@code
 * lstm.cu}); backward one launch for all steps, and one for all gradients.
 */
final class LstmSequence implements Fused.WithGradient<Lstm> {
  private static final int MOST_THREADS = 512;
  private static final int STATES = 2; // of h and c, beside four gates

  private final Engine engine;
  private final Products products;

  LstmSequence(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
  }

  /** Gates {@code [B, T, 4H]} and cell states {@code [B, T, H]}. */
  private record Steps(Tensor gates, Tensor states) implements Saved {}

  /** Where the state of a sequence finds room in a block's shared memory. */
  @Override
  public boolean fits(Lstm lstm) {
    return sharedBytes(hidden(lstm)) <= engine.session().device().sharedBytes();
  }

  @Override
  public Forward run(TensorScope scope, Lstm lstm) {
    Tensor x = lstm.x();
    int batch = x.dim(0);
    int time = x.dim(1);
    int hidden = hidden(lstm);
    Tensor gates = scope.allocate(batch, time, 4 * hidden);
    Tensor states = scope.allocate(batch, time, hidden);
    Tensor out = scope.allocate(batch, time, hidden);
    Product inputs =
        Product.of(
            Operand.along(x),
            Operand.across(lstm.inputWeights()),
            x.dim(2),
            batch * time,
            4 * hidden,
            gates);
    products.compute(List.of(inputs.with(lstm.bias(), Activation.IDENTITY)));
    engine
        .launch("lstm_forward", x, out)
        .grid(batch)
        .block(threads(hidden))
        .shared(sharedBytes(hidden))
        .with(address(gates))
        .with(address(lstm.recurrentWeights()))
        .with(address(lstm.lengths()))
        .with(address(states))
        .with(address(out))
        .with(time)
        .with(hidden)
        .run();
    return new Forward(out, new Steps(gates, states));
  }

  @Override
  public List<Tensor> gradients(TensorScope scope, Lstm lstm, Forward forward, Tensor dOutput) {
    Tensor x = lstm.x();
    int time = x.dim(1);
    int rows = x.dim(0) * time;
    int inputs = x.dim(2);
    int hidden = hidden(lstm);
    int columns = 4 * hidden;
    Tensor dx = scope.allocate(x.shape());
    Tensor dInput = scope.allocate(inputs, columns);
    Tensor dRecurrent = scope.allocate(hidden, columns);
    Tensor dBias = scope.allocate(columns);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dSums = temporary.allocate(x.dim(0), time, columns);
      backward(lstm, (Steps) forward.saved(), dOutput, dSums);
      Operand ofSums = Operand.across(dSums);
      Operand before = Operand.across(forward.output()).stepBefore(time);
      products.compute(
          List.of(
              Product.of(
                  Operand.along(dSums),
                  Operand.along(lstm.inputWeights()),
                  columns,
                  rows,
                  inputs,
                  dx),
              Product.of(Operand.across(x), ofSums, rows, inputs, columns, dInput),
              Product.of(before, ofSums, rows, hidden, columns, dRecurrent),
              Product.of(Operand.ones(), ofSums, rows, 1, columns, dBias)));
    }
    return List.of(dx, dInput, dRecurrent, dBias);
  }

  private void backward(Lstm lstm, Steps steps, Tensor dOutput, Tensor dSums) {
    int hidden = hidden(lstm);
    engine
        .launch("lstm_backward", lstm.x(), dOutput)
        .grid(lstm.x().dim(0))
        .block(threads(hidden))
        .shared(sharedBytes(hidden))
        .with(address(steps.gates()))
        .with(address(steps.states()))
        .with(address(lstm.recurrentWeights()))
        .with(address(lstm.lengths()))
        .with(address(dOutput))
        .with(address(dSums))
        .with(lstm.x().dim(1))
        .with(hidden)
        .run();
  }

  private static int hidden(Lstm lstm) {
    return lstm.recurrentWeights().dim(0);
  }

  private static int threads(int hidden) {
    return Math.min(MOST_THREADS, Engine.ceil(4 * hidden, Engine.WARP) * Engine.WARP);
  }

  private static int sharedBytes(int hidden) {
    return (STATES + 4) * hidden * Float.BYTES;
  }
}
