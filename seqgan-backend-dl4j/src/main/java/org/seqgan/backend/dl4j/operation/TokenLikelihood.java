package org.seqgan.backend.dl4j.operation;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.LossGradients;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.operation.Products.Product;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * {@code tokenLogProbabilities} and {@code linearCrossEntropy}. For the latter, a chunk of rows at
 * a time: logits, softmax, derivative by the logits in their place, from it the derivative by h
 * while the tile is in cache, then what the chunk adds to the derivatives by weights and bias.
 */
public final class TokenLikelihood implements Fused.WithGradient<LinearCrossEntropy> {
  private static final int CHUNK_FLOATS = 1 << 21;

  private static final int ROW = 0;
  private static final int BIAS = 1;

  private final Engine engine;
  private final Products products;

  public TokenLikelihood(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
  }

  /** {@code tokenLogProbabilities}. */
  public Tensor logProbabilities(TensorScope scope, TokenLogProbabilities operation) {
    LogitTiles logits =
        new LogitTiles(engine, operation.h(), operation.weights(), operation.bias());
    IntTensor targets = operation.targets();
    RowOperations.requireRows(operation.name(), Dl4jIntTensor.of(targets), logits.vocabulary());
    Tensor out = scope.allocate(logits.h().dim(0));
    logits.forEach(
        (from, to, tile, scratch) -> {
          float[] bias = logits.loadBias(BIAS, scratch);
          for (int row = from; row < to; row++) {
            int target = Dl4jIntTensor.of(targets).get(row);
            Normalised normalised = normalise(tile, row - from, bias, target, scratch);
            Dl4jTensor.region(out).set(row, normalised.logProbability());
          }
        });
    return out;
  }

  /** What a pass over all chunks fills in: log-probabilities and the derivatives by h, W and b. */
  private record Result(float[] logProbabilities, Tensor h, Tensor weights, Tensor bias) {}

  @Override
  public Forward run(TensorScope scope, LinearCrossEntropy operation) {
    LogitTiles logits =
        new LogitTiles(engine, operation.h(), operation.weights(), operation.bias());
    RowOperations.requireRows(
        operation.name(), Dl4jIntTensor.of(operation.targets()), logits.vocabulary());
    int rows = logits.h().dim(0);
    Result result =
        new Result(
            new float[rows],
            scope.allocate(logits.h().shape()),
            scope.zeros(logits.weights().shape()),
            scope.zeros(logits.vocabulary()));
    int chunk = rowsPerChunk(logits);
    engine.withTemporary(
        logits.weights().size(),
        transposedWeights -> {
          products.transpose(
              LinearLayer.matrix(logits.weights()), logits.weights().dim(0), transposedWeights);
          engine.withTemporary(
              Math.min(rows, chunk) * logits.vocabulary(),
              dLogits -> {
                for (int from = 0; from < rows; from += chunk) {
                  int to = Math.min(rows, from + chunk);
                  Chunk part = new Chunk(from, to, dLogits.matrix(logits.vocabulary()));
                  derivativesByLogits(logits, part, transposedWeights, operation, result);
                  addWeightGradients(logits, part, result);
                }
              });
        });
    Tensor loss = scope.allocate(1);
    Dl4jTensor.region(loss).set(0, loss(operation.tokenWeights(), result.logProbabilities()));
    return new Forward(
        loss, new LossGradients(List.of(result.h(), result.weights(), result.bias())));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, LinearCrossEntropy operation, Forward forward, Tensor dOutput) {
    return ((LossGradients) forward.saved()).times(scope, dOutput);
  }

  /** RowOperations whose derivatives by the logits are held at one time. */
  private record Chunk(int from, int to, Matrix dLogits) {
    int rows() {
      return to - from;
    }
  }

  /**
   * One row, whose exponentials stay in the heap slot {@code ROW}.
   *
   * @param sum of the exponentials
   * @param logProbability of the target, in nats
   */
  private record Normalised(float sum, float logProbability) {}

  private Normalised normalise(Matrix tile, int row, float[] bias, int target, Scratch scratch) {
    int vocabulary = tile.stride();
    float[] values = scratch.heap(ROW, vocabulary);
    tile.region().load(row * vocabulary, values, 0, vocabulary);
    float max = engine.kernels().addScaleMax(values, 0, bias, 0, 1f, vocabulary);
    float logit = values[target];
    float sum = engine.kernels().expSum(values, 0, max, vocabulary);
    return new Normalised(sum, (float) (logit - max - Math.log(sum)));
  }

  private void derivativesByLogits(
      LogitTiles logits,
      Chunk chunk,
      FloatRegion transposedWeights,
      LinearCrossEntropy operation,
      Result result) {
    int vocabulary = logits.vocabulary();
    FloatRegion weights = Dl4jTensor.region(operation.tokenWeights());
    Dl4jIntTensor targets = Dl4jIntTensor.of(operation.targets());
    logits.forEach(
        chunk.from(),
        chunk.to(),
        (row, scratch) -> chunk.dLogits().from(row - chunk.from(), 0),
        (from, to, tile, scratch) -> {
          float[] bias = logits.loadBias(BIAS, scratch);
          for (int row = from; row < to; row++) {
            int target = targets.get(row);
            Normalised normalised = normalise(tile, row - from, bias, target, scratch);
            result.logProbabilities()[row] = normalised.logProbability();
            float weight = weights.get(row);
            float[] values = scratch.heap(ROW, vocabulary);
            engine.kernels().affine(values, 0, weight / normalised.sum(), 0f, vocabulary);
            values[target] -= weight;
            tile.region().store((row - from) * vocabulary, values, 0, vocabulary);
          }
          derivativesByHidden(transposedWeights, from, to, tile, result, scratch);
        });
  }

  /** {@code dH = dLogits W^T} for the rows of a tile. */
  private void derivativesByHidden(
      FloatRegion transposedWeights,
      int from,
      int to,
      Matrix dLogits,
      Result result,
      Scratch scratch) {
    Matrix dHidden = LinearLayer.matrix(result.h()).from(from, 0);
    int hidden = dHidden.stride();
    Gemm.Size size = new Gemm.Size(to - from, hidden, dLogits.stride());
    products.multiply(
        new Product(dLogits, false, transposedWeights.matrix(hidden), false, dHidden, 0f),
        size,
        new BlockPlan.Block(0, 0, size.m(), size.n()),
        scratch);
  }

  /** {@code dW += h^T dLogits} and {@code db += 1^T dLogits} for the rows of a chunk. */
  private void addWeightGradients(LogitTiles logits, Chunk chunk, Result result) {
    Gemm.Size size = new Gemm.Size(logits.weights().dim(0), logits.vocabulary(), chunk.rows());
    Matrix h = LinearLayer.matrix(logits.h()).from(chunk.from(), 0);
    Product byWeights =
        new Product(h, true, chunk.dLogits(), false, LinearLayer.matrix(result.weights()), 1f);
    products.forEachBlock(
        BlockPlan.columns(size),
        (block, scratch) -> {
          products.multiply(byWeights, size, block, scratch);
          FloatRegion dBias = Dl4jTensor.region(result.bias());
          products.columnSums(chunk.dLogits(), chunk.rows(), block, dBias, 1f, scratch);
        });
  }

  private static float loss(Tensor tokenWeights, float[] logProbabilities) {
    double sum = 0;
    for (int i = 0; i < tokenWeights.size(); i++) {
      double weight = Dl4jTensor.region(tokenWeights).get(i);
      // A weight of 0 is padding, whose log-probability may be minus infinity.
      sum -= weight == 0 ? 0 : weight * logProbabilities[i];
    }
    return (float) sum;
  }

  /** Whole tiles, so that a chunk's boundaries are tiles' boundaries. */
  private static int rowsPerChunk(LogitTiles logits) {
    int tile = logits.rowsPerTile();
    return Math.max(1, CHUNK_FLOATS / Math.max(1, logits.vocabulary()) / tile) * tile;
  }
}
