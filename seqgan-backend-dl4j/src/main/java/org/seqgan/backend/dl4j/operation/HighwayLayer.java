package org.seqgan.backend.dl4j.operation;

import static org.seqgan.backend.dl4j.operation.LinearLayer.matrix;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Highway;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier.Operand;
import org.seqgan.backend.dl4j.product.Precision;

/** {@code highway}: both products, their activations and the mixture, block by block of columns. */
public final class HighwayLayer implements Fused.WithGradient<Highway> {
  private final Engine engine;
  private final Products products;
  private final LinearLayer linear;
  private final InputGradients inputGradients;
  private final Operands operands;

  public HighwayLayer(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
    this.linear = new LinearLayer(engine);
    this.inputGradients = new InputGradients(engine);
    this.operands = new Operands(engine);
  }

  /**
   * What backward needs.
   *
   * @param transform relu(x Wt + bt), {@code [n, d]}
   * @param gate sigmoid(x Wg + bg), {@code [n, d]}
   * @param transformWeights Wt, prepared
   * @param gateWeights Wg, prepared
   */
  private record HighwaySaved(
      Tensor transform, Tensor gate, Operand transformWeights, Operand gateWeights)
      implements Saved {}

  @Override
  public Forward run(TensorScope scope, Highway highway) {
    Tensor x = highway.x();
    int width = x.dim(1);
    Gemm.Size size = new Gemm.Size(x.dim(0), width, width);
    Tensor transform = scope.allocate(x.shape());
    Tensor gate = scope.allocate(x.shape());
    Tensor out = scope.allocate(x.shape());
    HighwaySaved saved =
        new HighwaySaved(
            transform,
            gate,
            operands.of(scope, highway.transformWeights()),
            operands.of(scope, highway.gateWeights()));
    Operand input = operands.of(scope, x);
    products.forEachBlock(
        BlockPlan.of(size),
        (block, scratch) -> {
          multiply(input, saved.transformWeights(), matrix(transform), block, width);
          linear.addBias(
              matrix(transform),
              Dl4jTensor.region(highway.transformBias()),
              Activation.RELU,
              block,
              scratch);
          multiply(input, saved.gateWeights(), matrix(gate), block, width);
          linear.addBias(
              matrix(gate),
              Dl4jTensor.region(highway.gateBias()),
              Activation.SIGMOID,
              block,
              scratch);
          forEachRow(
              block,
              width,
              (at, count) ->
                  mix(
                      Dl4jTensor.region(x).from(at),
                      Dl4jTensor.region(transform).from(at),
                      Dl4jTensor.region(gate).from(at),
                      Dl4jTensor.region(out).from(at),
                      count,
                      scratch));
        });
    return new Forward(out, saved);
  }

  /** A block of {@code out = x W}. */
  private void multiply(Operand x, Operand weights, Matrix out, BlockPlan.Block block, int width) {
    engine
        .multiplier()
        .multiply(
            x.from(block.row(), 0),
            false,
            weights.from(0, block.column()),
            false,
            out.from(block.row(), block.column()),
            new Gemm.Size(block.rows(), block.columns(), width),
            false);
  }

  /** {@code out = gate (transform - x) + x}. */
  private void mix(
      FloatRegion x,
      FloatRegion transform,
      FloatRegion gate,
      FloatRegion out,
      int count,
      Scratch scratch) {
    float[] carried = scratch.heap(0, count);
    float[] mixed = scratch.heap(1, count);
    float[] share = scratch.heap(2, count);
    x.load(0, carried, 0, count);
    transform.load(0, mixed, 0, count);
    gate.load(0, share, 0, count);
    Kernels kernels = engine.kernels();
    kernels.binary(BinaryOperation.SUBTRACT, mixed, 0, carried, 0, count);
    kernels.binary(BinaryOperation.MULTIPLY, mixed, 0, share, 0, count);
    kernels.binary(BinaryOperation.ADD, mixed, 0, carried, 0, count);
    out.store(0, mixed, 0, count);
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, Highway highway, Forward forward, Tensor dOutput) {
    Tensor x = highway.x();
    int width = x.dim(1);
    Tensor dx = scope.allocate(x.shape());
    Tensor dTransformWeights = scope.allocate(width, width);
    Tensor dTransformBias = scope.allocate(width);
    Tensor dGateWeights = scope.allocate(width, width);
    Tensor dGateBias = scope.allocate(width);
    HighwaySaved saved = (HighwaySaved) forward.saved();
    // These three live as long as the gradients that are computed from them later.
    Tensor input = scope.allocate(x.shape());
    scope.copy(x, input);
    Tensor dTransform = scope.allocate(x.shape());
    Tensor dGate = scope.allocate(x.shape());
    mixGradients(x, saved, dOutput, dTransform, dGate, dx);
    Operand inputs = operands.of(scope, input);
    Operand dTransforms = operands.of(scope, dTransform);
    Operand dGates = operands.of(scope, dGate);
    if (engine.multiplier().precision() == Precision.FLOAT32) {
      inputGradients.compute(
          List.of(
              new InputGradients.Term(matrix(dTransform), matrix(highway.transformWeights())),
              new InputGradients.Term(matrix(dGate), matrix(highway.gateWeights()))),
          matrix(dx),
          new Gemm.Size(x.dim(0), width, width),
          true);
    } else {
      addInputGradients(saved, dTransforms, dGates, dx);
    }
    linear.deferWeightGradients(
        inputs, dTransforms, matrix(dTransform), x.dim(0), dTransformWeights, dTransformBias);
    linear.deferWeightGradients(inputs, dGates, matrix(dGate), x.dim(0), dGateWeights, dGateBias);
    return List.of(dx, dTransformWeights, dTransformBias, dGateWeights, dGateBias);
  }

  /** Derivatives by both sums before their activations, and the carried part of that by x. */
  private void mixGradients(
      Tensor x, HighwaySaved saved, Tensor dOutput, Tensor dTransform, Tensor dGate, Tensor dX) {
    int blocks = (x.size() + Elementwise.BLOCK - 1) / Elementwise.BLOCK;
    engine
        .workers()
        .forEach(
            blocks,
            (i, scratch) -> {
              int first = i * Elementwise.BLOCK;
              int count = Math.min(Elementwise.BLOCK, x.size() - first);
              float[] carried = loaded(x, first, count, 0, scratch);
              float[] transform = loaded(saved.transform(), first, count, 1, scratch);
              float[] gate = loaded(saved.gate(), first, count, 2, scratch);
              float[] dOut = loaded(dOutput, first, count, 3, scratch);
              float[] active = scratch.heap(4, count);
              Arrays.fill(active, 0, count, 0f);
              engine.kernels().binary(BinaryOperation.LESS, active, 0, transform, 0, count);
              // The arrays are overwritten by the derivatives.
              mixGradients(carried, transform, gate, dOut, count);
              engine.kernels().binary(BinaryOperation.MULTIPLY, transform, 0, active, 0, count);
              Dl4jTensor.region(dGate).store(first, gate, 0, count);
              Dl4jTensor.region(dTransform).store(first, transform, 0, count);
              Dl4jTensor.region(dX).store(first, dOut, 0, count);
            });
  }

  /**
   * Replaces the transform by the derivative by it, the gate by that by its sum, and {@code dOut}
   * by the carried part. Without a branch, which the processor would guess wrongly half the time.
   */
  private static void mixGradients(
      float[] carried, float[] transform, float[] gate, float[] dOut, int count) {
    for (int j = 0; j < count; j++) {
      float g = gate[j];
      float dMixed = dOut[j] * g;
      gate[j] = dMixed * (1f - g) * (transform[j] - carried[j]);
      transform[j] = dMixed;
      dOut[j] = dOut[j] * (1f - g);
    }
  }

  /** {@code dX += dTransform Wt^T + dGate Wg^T}. */
  private void addInputGradients(HighwaySaved saved, Operand dTransform, Operand dGate, Tensor dX) {
    int width = dX.dim(1);
    Matrix out = matrix(dX);
    products.forEachBlock(
        BlockPlan.of(new Gemm.Size(dX.dim(0), width, width)),
        (block, scratch) -> {
          addProduct(dTransform, saved.transformWeights(), out, block, width);
          addProduct(dGate, saved.gateWeights(), out, block, width);
        });
  }

  /** A block of {@code out += dSum W^T}. */
  private void addProduct(
      Operand dSum, Operand weights, Matrix out, BlockPlan.Block block, int width) {
    engine
        .multiplier()
        .multiply(
            dSum.from(block.row(), 0),
            false,
            weights.from(block.column(), 0),
            true,
            out.from(block.row(), block.column()),
            new Gemm.Size(block.rows(), block.columns(), width),
            true);
  }

  private static float[] loaded(Tensor tensor, int first, int count, int slot, Scratch scratch) {
    float[] values = scratch.heap(slot, count);
    Dl4jTensor.region(tensor).load(first, values, 0, count);
    return values;
  }

  /** A run of elements of one row. */
  @FunctionalInterface
  private interface Run {
    void accept(int at, int count);
  }

  private static void forEachRow(BlockPlan.Block block, int stride, Run run) {
    for (int row = block.row(); row < block.row() + block.rows(); row++) {
      run.accept(row * stride + block.column(), block.columns());
    }
  }
}
