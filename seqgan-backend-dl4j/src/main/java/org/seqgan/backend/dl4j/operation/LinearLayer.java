package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.operation.Linear;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.operation.Products.Product;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier;
import org.seqgan.backend.dl4j.product.OuterProducts;

/** {@code linear}: bias and activation are applied to each block of the product while in cache. */
public final class LinearLayer implements Fused.WithGradient<Linear> {
  private final Engine engine;
  private final Products products;
  private final InputGradients inputGradients;

  public LinearLayer(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
    this.inputGradients = new InputGradients(engine);
  }

  @Override
  public Forward run(TensorScope scope, Linear linear) {
    return Forward.of(
        forward(scope, linear.x(), linear.weights(), linear.bias(), linear.activation()));
  }

  /** {@code activation(x W + b)}. */
  Tensor forward(TensorScope scope, Tensor x, Tensor weights, Tensor bias, Activation activation) {
    Gemm.Size size = new Gemm.Size(x.dim(0), weights.dim(1), x.dim(1));
    Tensor y = scope.allocate(size.m(), size.n());
    Matrix out = matrix(y);
    Product product = new Product(matrix(x), false, matrix(weights), false, out, 0f);
    products.forEachBlock(
        BlockPlan.of(size),
        (block, scratch) -> {
          products.multiply(product, size, block, scratch);
          addBias(out, Dl4jTensor.region(bias), activation, block, scratch);
        });
    return y;
  }

  /** {@code out = activation(out + bias)} on one block. */
  void addBias(
      Matrix out, FloatRegion bias, Activation activation, BlockPlan.Block block, Scratch scratch) {
    int columns = block.columns();
    float[] row = scratch.heap(0, columns);
    float[] shift = scratch.heap(1, columns);
    bias.load(block.column(), shift, 0, columns);
    for (int r = block.row(); r < block.row() + block.rows(); r++) {
      int at = r * out.stride() + block.column();
      out.region().load(at, row, 0, columns);
      engine.kernels().binary(BinaryOperation.ADD, row, 0, shift, 0, columns);
      activate(activation, row, columns);
      out.region().store(at, row, 0, columns);
    }
  }

  /** The derivatives by x, W and b. */
  record Gradients(Tensor x, Tensor weights, Tensor bias) {
    static Gradients allocate(TensorScope scope, Tensor x, Tensor weights) {
      return new Gradients(
          scope.allocate(x.shape()),
          scope.allocate(weights.shape()),
          scope.allocate(weights.dim(1)));
    }
  }

  @Override
  public List<Tensor> gradients(TensorScope scope, Linear linear, Forward forward, Tensor dOutput) {
    Tensor x = linear.x();
    Tensor weights = linear.weights();
    Gradients gradients = Gradients.allocate(scope, x, weights);
    if (linear.activation() == Activation.IDENTITY) {
      backward(x, weights, Dl4jTensor.region(dOutput), gradients);
    } else {
      Tensor y = forward.output();
      engine.withTemporary(
          y.size(),
          dSum -> {
            activationGradient(linear.activation(), y, dOutput, dSum);
            backward(x, weights, dSum, gradients);
          });
    }
    return List.of(gradients.x(), gradients.weights(), gradients.bias());
  }

  /** The gradients, given the derivative by {@code x W + b}. */
  void backward(Tensor x, Tensor weights, FloatRegion dSum, Gradients gradients) {
    int rows = x.dim(0);
    int inputs = weights.dim(0);
    int outputs = weights.dim(1);
    Matrix dSums = dSum.matrix(outputs);
    inputGradients.compute(
        List.of(new InputGradients.Term(dSums, matrix(weights))),
        matrix(gradients.x()),
        new Gemm.Size(rows, inputs, outputs),
        false);
    weightGradients(
        matrix(x),
        dSums,
        new Gemm.Size(inputs, outputs, rows),
        matrix(gradients.weights()),
        Dl4jTensor.region(gradients.bias()));
  }

  /** {@code dW = x^T dSum} and {@code db = 1^T dSum}, in blocks of columns. */
  void weightGradients(Matrix x, Matrix dSum, Gemm.Size size, Matrix dWeights, FloatRegion dBias) {
    Product product = new Product(x, true, dSum, false, dWeights, 0f);
    products.forEachBlock(
        BlockPlan.columns(size),
        (block, scratch) -> {
          products.multiply(product, size, block, scratch);
          products.columnSums(dSum, size.k(), block, dBias, 0f, scratch);
        });
  }

  /** Says that {@code dW = x^T dSum}; computes {@code db = 1^T dSum}. */
  void deferWeightGradients(
      Multiplier.Operand x,
      Multiplier.Operand dSum,
      Matrix dSums,
      int rows,
      Tensor dWeights,
      Tensor dBias) {
    Gemm.Size size = new Gemm.Size(dWeights.dim(0), dWeights.dim(1), rows);
    if (rows == 0) {
      weightGradients(dSums, dSums, size, matrix(dWeights), Dl4jTensor.region(dBias));
      return;
    }
    ((Dl4jTensor) dWeights).defer(new OuterProducts(engine.multiplier(), x, dSum, size));
    products.forEachBlock(
        BlockPlan.columns(new Gemm.Size(1, size.n(), rows)),
        (block, scratch) ->
            products.columnSums(dSums, rows, block, Dl4jTensor.region(dBias), 0f, scratch));
  }

  private void activationGradient(Activation activation, Tensor y, Tensor dy, FloatRegion dSum) {
    FloatRegion values = Dl4jTensor.region(y);
    FloatRegion derivatives = Dl4jTensor.region(dy);
    int blocks = (y.size() + Elementwise.BLOCK - 1) / Elementwise.BLOCK;
    engine
        .workers()
        .forEach(
            blocks,
            (i, scratch) -> {
              int first = i * Elementwise.BLOCK;
              int count = Math.min(Elementwise.BLOCK, y.size() - first);
              float[] value = scratch.heap(0, count);
              float[] slope = scratch.heap(1, count);
              float[] derivative = scratch.heap(2, count);
              values.load(first, value, 0, count);
              derivatives.load(first, derivative, 0, count);
              slope(activation, value, slope, count);
              engine.kernels().binary(BinaryOperation.MULTIPLY, derivative, 0, slope, 0, count);
              dSum.store(first, derivative, 0, count);
            });
  }

  /** The derivative of an activation, from its result. */
  private void slope(Activation activation, float[] y, float[] slope, int count) {
    Kernels kernels = engine.kernels();
    switch (activation) {
      case IDENTITY -> Arrays.fill(slope, 0, count, 1f);
      case RELU -> {
        Arrays.fill(slope, 0, count, 0f);
        kernels.binary(BinaryOperation.LESS, slope, 0, y, 0, count);
      }
      case TANH -> {
        System.arraycopy(y, 0, slope, 0, count);
        kernels.unary(UnaryOperation.SQUARE, slope, 0, count);
        kernels.affine(slope, 0, -1f, 1f, count);
      }
      case SIGMOID -> {
        System.arraycopy(y, 0, slope, 0, count);
        kernels.affine(slope, 0, -1f, 1f, count);
        kernels.binary(BinaryOperation.MULTIPLY, slope, 0, y, 0, count);
      }
    }
  }

  private void activate(Activation activation, float[] values, int count) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> engine.kernels().unary(UnaryOperation.RELU, values, 0, count);
      case TANH -> engine.kernels().unary(UnaryOperation.TANH, values, 0, count);
      case SIGMOID -> engine.kernels().unary(UnaryOperation.SIGMOID, values, 0, count);
    }
  }

  /** A tensor whose last axis is the columns. */
  public static Matrix matrix(Tensor tensor) {
    return Dl4jTensor.region(tensor).matrix(tensor.dim(tensor.rank() - 1));
  }
}
