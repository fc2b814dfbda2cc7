package org.seqgan.backend.dl4j;

import static org.seqgan.backend.dl4j.LinearLayer.matrix;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Gradients;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.backend.dl4j.Products.Product;

/** {@code highway}: both products, their activations and the mixture, block by block of columns. */
final class HighwayLayer {
  private final Engine engine;
  private final Products products;
  private final LinearLayer linear;
  private final InputGradients inputGradients;

  HighwayLayer(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
    this.linear = new LinearLayer(engine);
    this.inputGradients = new InputGradients(engine);
  }

  /**
   * What backward needs, both {@code [n, d]}.
   *
   * @param transform relu(x Wt + bt)
   * @param gate sigmoid(x Wg + bg)
   */
  private record HighwaySaved(Tensor transform, Tensor gate) implements Saved {}

  Forward forward(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor transformBias,
      Tensor gateWeights,
      Tensor gateBias) {
    int width = x.dim(1);
    Gemm.Size size = new Gemm.Size(x.dim(0), width, width);
    Tensor transform = scope.allocate(x.shape());
    Tensor gate = scope.allocate(x.shape());
    Tensor out = scope.allocate(x.shape());
    Product transformed =
        new Product(matrix(x), false, matrix(transformWeights), false, matrix(transform), 0f);
    Product gated = new Product(matrix(x), false, matrix(gateWeights), false, matrix(gate), 0f);
    products.forEachBlock(
        BlockPlan.of(size),
        (block, scratch) -> {
          products.multiply(transformed, size, block, scratch);
          linear.addBias(
              transformed.c(), Dl4jTensor.region(transformBias), Activation.RELU, block, scratch);
          products.multiply(gated, size, block, scratch);
          linear.addBias(
              gated.c(), Dl4jTensor.region(gateBias), Activation.SIGMOID, block, scratch);
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
    return new Forward(out, new HighwaySaved(transform, gate));
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

  Gradients.Highway backward(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor gateWeights,
      Forward forward,
      Tensor dOutput) {
    int width = x.dim(1);
    Gradients.Highway gradients =
        new Gradients.Highway(
            scope.allocate(x.shape()),
            scope.allocate(width, width),
            scope.allocate(width),
            scope.allocate(width, width),
            scope.allocate(width));
    HighwaySaved saved = (HighwaySaved) forward.saved();
    engine.withTemporary(
        x.size(),
        dTransform ->
            engine.withTemporary(
                x.size(),
                dGate -> {
                  mixGradients(x, saved, dOutput, dTransform, dGate, gradients.x());
                  addInputGradients(
                      x, transformWeights, gateWeights, dTransform, dGate, gradients.x());
                  Gemm.Size size = new Gemm.Size(width, width, x.dim(0));
                  linear.weightGradients(
                      matrix(x),
                      dTransform.matrix(width),
                      size,
                      matrix(gradients.transformWeights()),
                      Dl4jTensor.region(gradients.transformBias()));
                  linear.weightGradients(
                      matrix(x),
                      dGate.matrix(width),
                      size,
                      matrix(gradients.gateWeights()),
                      Dl4jTensor.region(gradients.gateBias()));
                }));
    return gradients;
  }

  /** Derivatives by both sums before their activations, and the carried part of that by x. */
  private void mixGradients(
      Tensor x,
      HighwaySaved saved,
      Tensor dOutput,
      FloatRegion dTransform,
      FloatRegion dGate,
      Tensor dX) {
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
              // The arrays are overwritten by the derivatives.
              for (int j = 0; j < count; j++) {
                float g = gate[j];
                float dMixed = dOut[j] * g;
                gate[j] = dMixed * (1f - g) * (transform[j] - carried[j]);
                transform[j] = transform[j] > 0f ? dMixed : 0f;
                dOut[j] = dOut[j] * (1f - g);
              }
              dGate.store(first, gate, 0, count);
              dTransform.store(first, transform, 0, count);
              Dl4jTensor.region(dX).store(first, dOut, 0, count);
            });
  }

  /** {@code dX += dTransform Wt^T + dGate Wg^T}. */
  private void addInputGradients(
      Tensor x,
      Tensor transformWeights,
      Tensor gateWeights,
      FloatRegion dTransform,
      FloatRegion dGate,
      Tensor dX) {
    int width = x.dim(1);
    inputGradients.compute(
        List.of(
            new InputGradients.Term(dTransform.matrix(width), matrix(transformWeights)),
            new InputGradients.Term(dGate.matrix(width), matrix(gateWeights))),
        matrix(dX),
        new Gemm.Size(x.dim(0), width, width),
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
