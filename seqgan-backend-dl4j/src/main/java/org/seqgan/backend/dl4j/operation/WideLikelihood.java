package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.LossGradients;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.operation.LogitBlocks.Block;
import org.seqgan.backend.dl4j.operation.LogitBlocks.Tile;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * The likelihood of tokens of a large vocabulary, and its derivatives, by {@link LogitBlocks}. Two
 * passes: the first finds each row's sum of exponentials; the second makes the same logits again,
 * which costs less than to write and read {@code [n, V]}, and takes from each tile what it adds to
 * the derivatives by weights, bias and hidden states while it is in cache.
 *
 * <p>In the second pass blocks are worked on in groups, the blocks of a group after one another and
 * all rows in order, so that nobody else touches their part of dW; each group has its own sum of
 * dH, and these are added up at the end. The cut depends on the sizes alone.
 */
final class WideLikelihood {
  /** Enough for balance among many threads. */
  private static final int MOST_GROUPS = 16;

  /** Of all groups' sums of dH; bounds how many rows are taken at once. */
  private static final int HIDDEN_FLOATS = 1 << 22;

  private static final int LEAST_ROWS = 128;

  private static final int ROW = 0;
  private static final int BIAS = 1;
  private static final int DERIVATIVES = 2;
  private static final int BIAS_SUM = 3;

  private final Engine engine;

  WideLikelihood(Engine engine) {
    this.engine = engine;
  }

  /** {@code tokenLogProbabilities}. */
  Tensor logProbabilities(TensorScope scope, TokenLogProbabilities operation) {
    int rows = operation.h().dim(0);
    Tensor out = scope.allocate(rows);
    int most = mostRows(operation.h().dim(1));
    for (int from = 0; from < rows; from += most) {
      int count = Math.min(most, rows - from);
      Matrix h = LinearLayer.matrix(operation.h()).from(from, 0);
      LogitBlocks logits = new LogitBlocks(engine, h, count, operation.weights(), operation.bias());
      Dl4jIntTensor targets = Dl4jIntTensor.of(operation.targets());
      int first = from;
      Sums sums = sums(logits, row -> targets.get(first + row));
      for (int row = 0; row < count; row++) {
        Dl4jTensor.region(out).set(from + row, sums.logProbability(row));
      }
    }
    return out;
  }

  /**
   * What all rows add to.
   *
   * @param logProbabilities {@code [n]}, in nats; 0 for rows that are left out
   * @param h {@code [n, H]}
   * @param weights {@code [H, V]}
   * @param bias {@code [V]}
   */
  private record Result(float[] logProbabilities, Tensor h, Tensor weights, Tensor bias) {}

  /** {@code linearCrossEntropy}. Rows whose weight is 0 are padding, and left out. */
  Forward run(TensorScope scope, LinearCrossEntropy operation) {
    int rows = operation.h().dim(0);
    int hidden = operation.h().dim(1);
    FloatRegion weights = Dl4jTensor.region(operation.tokenWeights());
    int[] counting = IntStream.range(0, rows).filter(row -> weights.get(row) != 0f).toArray();
    Result result =
        new Result(
            new float[rows],
            scope.zeros(operation.h().shape()),
            scope.zeros(operation.weights().shape()),
            scope.zeros(operation.bias().shape()));
    int most = Math.min(counting.length, mostRows(hidden));
    engine.withTemporary(
        2 * most * hidden,
        memory -> {
          Matrix h = memory.matrix(hidden);
          Matrix dHidden = memory.from(most * hidden).matrix(hidden);
          for (int from = 0; from < counting.length; from += most) {
            int to = Math.min(counting.length, from + most);
            int[] numbers = Arrays.copyOfRange(counting, from, to);
            new Pass(operation, result, numbers, h, dHidden).run();
          }
        });
    Tensor loss = scope.allocate(1);
    Dl4jTensor.region(loss)
        .set(0, TokenLikelihood.loss(operation.tokenWeights(), result.logProbabilities()));
    return new Forward(
        loss, new LossGradients(List.of(result.h(), result.weights(), result.bias())));
  }

  private static int mostRows(int hidden) {
    return Math.max(LEAST_ROWS, HIDDEN_FLOATS / MOST_GROUPS / hidden);
  }

  @FunctionalInterface
  private interface Targets {
    int of(int row);
  }

  /** Each row's logit of its target, and what the logits of all tokens sum up to. */
  private record Sums(LogitSums all, float[] ofTargets) {
    float logProbability(int row) {
      float max = all.max(row);
      return (float) (ofTargets[row] - max - Math.log(all.sum(row, max)));
    }
  }

  private Sums sums(LogitBlocks logits, Targets targets) {
    Sums sums = new Sums(new LogitSums(logits.rows(), logits.blocks()), new float[logits.rows()]);
    logits.forEach(
        (block, tile, values, scratch) -> {
          float[] bias = logits.loadBias(block, BIAS, scratch);
          float[] row = scratch.heap(ROW, block.columns());
          for (int r = tile.from(); r < tile.to(); r++) {
            values.region().load((r - tile.from()) * values.stride(), row, 0, block.columns());
            float max = engine.kernels().addScaleMax(row, 0, bias, 0, 1f, block.columns());
            int target = targets.of(r);
            if (block.has(target)) {
              sums.ofTargets()[r] = row[target - block.from()];
            }
            float sum = engine.kernels().expSum(row, 0, max, block.columns());
            sums.all().set(r, block.index(), max, sum);
          }
        });
    return sums;
  }

  /** Both passes over some of the rows that count, packed. */
  private final class Pass {
    private final Result result;
    private final int[] numbers;
    private final LogitBlocks logits;
    private final Matrix dHidden;
    private final int[] targets;
    private final float[] weights;
    private final float[] max;
    private final float[] scale;

    /**
     * Of some rows.
     *
     * @param numbers of the rows, ascending
     * @param h where their hidden states are packed
     * @param dHidden where the derivatives by them are
     */
    Pass(LinearCrossEntropy operation, Result result, int[] numbers, Matrix h, Matrix dHidden) {
      this.result = result;
      this.numbers = numbers;
      this.dHidden = dHidden;
      this.logits =
          new LogitBlocks(engine, h, numbers.length, operation.weights(), operation.bias());
      this.targets = new int[numbers.length];
      this.weights = new float[numbers.length];
      this.max = new float[numbers.length];
      this.scale = new float[numbers.length];
      for (int row = 0; row < numbers.length; row++) {
        targets[row] = Dl4jIntTensor.of(operation.targets()).get(numbers[row]);
        weights[row] = Dl4jTensor.region(operation.tokenWeights()).get(numbers[row]);
        copy(LinearLayer.matrix(operation.h()), numbers[row], h, row);
      }
    }

    private static void copy(Matrix source, int from, Matrix target, int to) {
      int stride = source.stride();
      target.region().copyFrom(to * stride, source.region(), from * stride, stride);
    }

    void run() {
      Sums sums = sums(logits, row -> targets[row]);
      for (int row = 0; row < numbers.length; row++) {
        result.logProbabilities()[numbers[row]] = sums.logProbability(row);
        max[row] = sums.all().max(row);
        scale[row] = weights[row] / (float) sums.all().sum(row, max[row]);
      }
      int groups = Math.min(MOST_GROUPS, logits.blocks());
      int each = numbers.length * logits.hidden();
      engine.withTemporary(
          groups * each,
          groupSums -> {
            engine
                .workers()
                .forEach(
                    groups,
                    (group, scratch) ->
                        derivativesOfGroup(
                            group * logits.blocks() / groups,
                            (group + 1) * logits.blocks() / groups,
                            groupSums.from(group * each).matrix(logits.hidden()),
                            scratch));
            addUp(groupSums, groups, each);
          });
      for (int row = 0; row < numbers.length; row++) {
        copy(dHidden, row, LinearLayer.matrix(result.h()), numbers[row]);
      }
    }

    private void derivativesOfGroup(int fromBlock, int toBlock, Matrix sum, Scratch scratch) {
      for (int index = fromBlock; index < toBlock; index++) {
        Block block = logits.block(index);
        float[] bias = logits.loadBias(block, BIAS, scratch);
        float[] biasSum = scratch.heap(BIAS_SUM, block.columns());
        FloatRegion dBias = Dl4jTensor.region(result.bias());
        dBias.load(block.from(), biasSum, 0, block.columns());
        for (int t = 0; t < logits.tiles(); t++) {
          Tile tile = logits.tile(t);
          Matrix values = logits.multiply(block, tile, scratch);
          derivativesByLogits(block, tile, values, bias, biasSum, scratch);
          addProducts(block, tile, values, sum, index == fromBlock ? 0f : 1f);
        }
        dBias.store(block.from(), biasSum, 0, block.columns());
      }
    }

    /** In the logits' place; also adds them to the sum that is the derivative by the bias. */
    private void derivativesByLogits(
        Block block, Tile tile, Matrix values, float[] bias, float[] biasSum, Scratch scratch) {
      Kernels kernels = engine.kernels();
      int columns = block.columns();
      float[] row = scratch.heap(ROW, columns);
      float[] derivatives = scratch.heap(DERIVATIVES, columns);
      for (int r = tile.from(); r < tile.to(); r++) {
        int at = (r - tile.from()) * values.stride();
        values.region().load(at, row, 0, columns);
        kernels.expOfSums(row, bias, 0, 1f, max[r], columns, derivatives);
        kernels.affine(derivatives, 0, scale[r], 0f, columns);
        if (block.has(targets[r])) {
          derivatives[targets[r] - block.from()] -= weights[r];
        }
        kernels.addScaled(derivatives, 0, 1f, biasSum, 0, columns);
        values.region().store(at, derivatives, 0, columns);
      }
    }

    /** {@code dH = dLogits W^T + beta dH} and {@code dW += h^T dLogits} of a tile of a block. */
    private void addProducts(Block block, Tile tile, Matrix dLogits, Matrix sum, float beta) {
      int hidden = logits.hidden();
      Gemm gemm = engine.gemm();
      Matrix weightsOfBlock = LinearLayer.matrix(logits.weights()).from(0, block.from());
      gemm.multiply(
          dLogits,
          false,
          weightsOfBlock,
          true,
          sum.from(tile.from(), 0),
          new Gemm.Size(tile.rows(), hidden, block.columns()),
          beta);
      gemm.multiply(
          logits.h().from(tile.from(), 0),
          true,
          dLogits,
          false,
          LinearLayer.matrix(result.weights()).from(0, block.from()),
          new Gemm.Size(hidden, block.columns(), tile.rows()),
          1f);
    }

    /** The sum of all groups' sums, in their order. */
    private void addUp(FloatRegion groupSums, int groups, int each) {
      engine
          .workers()
          .forEach(
              (each + Elementwise.BLOCK - 1) / Elementwise.BLOCK,
              (block, scratch) -> {
                int from = block * Elementwise.BLOCK;
                int count = Math.min(Elementwise.BLOCK, each - from);
                float[] sum = scratch.heap(0, count);
                float[] added = scratch.heap(1, count);
                groupSums.load(from, sum, 0, count);
                for (int group = 1; group < groups; group++) {
                  groupSums.load(group * each + from, added, 0, count);
                  engine.kernels().addScaled(added, 0, 1f, sum, 0, count);
                }
                dHidden.region().store(from, sum, 0, count);
              });
    }
  }
}
