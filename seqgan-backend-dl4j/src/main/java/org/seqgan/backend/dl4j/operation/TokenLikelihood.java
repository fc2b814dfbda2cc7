package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
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
 * while the tile is in cache, then what the chunk adds to the derivatives by weights and bias. A
 * large vocabulary is {@link WideLikelihood}'s.
 */
public final class TokenLikelihood implements Fused.WithGradient<LinearCrossEntropy> {
  private static final int CHUNK_FLOATS = 1 << 21;

  private static final int ROW = 0;
  private static final int BIAS = 1;

  private final Engine engine;
  private final Products products;
  private final WideLikelihood wide;

  public TokenLikelihood(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
    this.wide = new WideLikelihood(engine);
  }

  /** {@code tokenLogProbabilities}. */
  public Tensor logProbabilities(TensorScope scope, TokenLogProbabilities operation) {
    LogitTiles logits =
        new LogitTiles(engine, operation.h(), operation.weights(), operation.bias());
    IntTensor targets = operation.targets();
    RowOperations.requireRows(operation.name(), Dl4jIntTensor.of(targets), logits.vocabulary());
    if (LogitBlocks.suit(logits.vocabulary())) {
      return wide.logProbabilities(scope, operation);
    }
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
    if (LogitBlocks.suit(logits.vocabulary())) {
      return wide.run(scope, operation);
    }
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
    int length = logits.rowsPerTile();
    FloatRegion weights = Dl4jTensor.region(operation.tokenWeights());
    engine
        .workers()
        .forEach(
            (chunk.rows() + length - 1) / length,
            (i, scratch) -> {
              int from = chunk.from() + i * length;
              int to = Math.min(chunk.to(), from + length);
              int[] counting = scratch.ints(0, length);
              int count = 0;
              for (int row = from; row < to; row++) {
                if (weights.get(row) != 0f) {
                  counting[count++] = row;
                }
              }
              Rows rows =
                  new Rows(
                      counting,
                      count,
                      LinearLayer.matrix(logits.h()).from(from, 0),
                      chunk.dLogits().from(from - chunk.from(), 0),
                      LinearLayer.matrix(result.h()).from(from, 0));
              if (count == to - from) {
                derivatives(rows, logits, transposedWeights, operation, result, scratch);
              } else {
                Rows packed = rows.packed(from, scratch);
                derivatives(packed, logits, transposedWeights, operation, result, scratch);
                packed.spread(from, to, rows, scratch);
              }
            });
  }

  /**
   * Rows that count, all in one tile: padding, whose weight is 0, is left out, and where the tile
   * has any, they stand packed in memory of the worker's own.
   *
   * @param numbers of the rows, ascending
   * @param count how many there are
   * @param h their hidden states
   * @param dLogits where their logits and the derivatives by them are written
   * @param dHidden where the derivatives by the hidden states are written
   */
  private record Rows(int[] numbers, int count, Matrix h, Matrix dLogits, Matrix dHidden) {
    private static final int H = 2;
    private static final int LOGITS = 3;
    private static final int HIDDEN = 4;
    private static final int ZEROS = 2;

    /** The same rows packed; {@code h} and the others begin at row {@code from}. */
    Rows packed(int from, Scratch scratch) {
      int hidden = h.stride();
      int most = Math.max(1, count);
      Rows packed =
          new Rows(
              numbers,
              count,
              scratch.tile(H, most * hidden).matrix(hidden),
              scratch.tile(LOGITS, most * dLogits.stride()).matrix(dLogits.stride()),
              scratch.tile(HIDDEN, most * hidden).matrix(hidden));
      for (int i = 0; i < count; i++) {
        copy(h, numbers[i] - from, packed.h, i);
      }
      return packed;
    }

    /** Writes packed results to where they belong, and zeros for the rows between them. */
    void spread(int from, int to, Rows target, Scratch scratch) {
      float[] zeros = scratch.heap(ZEROS, Math.max(dLogits.stride(), dHidden.stride()));
      Arrays.fill(zeros, 0f);
      int next = 0;
      for (int row = from; row < to; row++) {
        if (next < count && numbers[next] == row) {
          copy(dLogits, next, target.dLogits, row - from);
          copy(dHidden, next, target.dHidden, row - from);
          next++;
        } else {
          clear(target.dLogits, row - from, zeros);
          clear(target.dHidden, row - from, zeros);
        }
      }
    }

    private static void copy(Matrix source, int from, Matrix target, int to) {
      int stride = source.stride();
      target.region().copyFrom(to * stride, source.region(), from * stride, stride);
    }

    private static void clear(Matrix target, int row, float[] zeros) {
      target.region().store(row * target.stride(), zeros, 0, target.stride());
    }
  }

  /** The log-probabilities of some rows, and the derivatives by their logits and hidden states. */
  private void derivatives(
      Rows rows,
      LogitTiles logits,
      FloatRegion transposedWeights,
      LinearCrossEntropy operation,
      Result result,
      Scratch scratch) {
    if (rows.count() == 0) {
      return;
    }
    int vocabulary = logits.vocabulary();
    FloatRegion weights = Dl4jTensor.region(operation.tokenWeights());
    Dl4jIntTensor targets = Dl4jIntTensor.of(operation.targets());
    logits.multiply(rows.h(), rows.count(), rows.dLogits());
    float[] bias = logits.loadBias(BIAS, scratch);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.numbers()[i];
      int target = targets.get(row);
      Normalised normalised = normalise(rows.dLogits(), i, bias, target, scratch);
      result.logProbabilities()[row] = normalised.logProbability();
      float weight = weights.get(row);
      float[] values = scratch.heap(ROW, vocabulary);
      engine.kernels().affine(values, 0, weight / normalised.sum(), 0f, vocabulary);
      values[target] -= weight;
      rows.dLogits().region().store(i * vocabulary, values, 0, vocabulary);
    }
    derivativesByHidden(transposedWeights, rows, scratch);
  }

  /** {@code dH = dLogits W^T} for some rows. */
  private void derivativesByHidden(FloatRegion transposedWeights, Rows rows, Scratch scratch) {
    int hidden = rows.dHidden().stride();
    Gemm.Size size = new Gemm.Size(rows.count(), hidden, rows.dLogits().stride());
    products.multiply(
        new Product(
            rows.dLogits(), false, transposedWeights.matrix(hidden), false, rows.dHidden(), 0f),
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

  static float loss(Tensor tokenWeights, float[] logProbabilities) {
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
