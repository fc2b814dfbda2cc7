package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.operation.TokenSampling.Choice;

/**
 * Draws of tokens of a large vocabulary: {@link LogitBlocks} give the sums of runs, each against
 * the largest logit of its block; then each row chooses its run, whose logits are made once more.
 */
final class WideSampling {
  private static final int RUN = TokenSampling.RUN;

  private static final int ROW = 0;
  private static final int BIAS = 1;
  private static final int DRAWS = 2;
  private static final int SUMS = 3;
  private static final int IN_RUN = 4;
  private static final int WEIGHTS = 5;
  private static final int HIDDEN = 6;

  private static final int ROWS_AT_ONCE = 16;

  private final Engine engine;

  WideSampling(Engine engine) {
    this.engine = engine;
  }

  /**
   * The sums of exponentials of each run.
   *
   * @param ofRuns {@code [n, runs]}, against the largest logit of the run's block
   * @param ofBlocks the largest logit, and nothing else, of each block of each row
   */
  private record Sums(Matrix ofRuns, LogitSums ofBlocks) {}

  IntTensor run(SampleTokens operation) {
    int rows = operation.h().dim(0);
    Matrix h = LinearLayer.matrix(operation.h());
    LogitBlocks logits = new LogitBlocks(engine, h, rows, operation.weights(), operation.bias());
    int runs = TokenSampling.runs(logits.vocabulary());
    engine.withTemporary(
        rows * runs,
        memory -> {
          Sums sums = new Sums(memory.matrix(runs), new LogitSums(rows, logits.blocks()));
          float scale = 1f / operation.decoding().temperature();
          sum(logits, scale, sums);
          engine
              .workers()
              .forEach(
                  (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE,
                  (i, scratch) -> {
                    int from = i * ROWS_AT_ONCE;
                    int to = Math.min(rows, from + ROWS_AT_ONCE);
                    choose(operation, logits, sums, from, to, scratch);
                  });
        });
    return operation.out();
  }

  private void sum(LogitBlocks logits, float scale, Sums sums) {
    Kernels kernels = engine.kernels();
    logits.forEach(
        (block, tile, values, scratch) -> {
          int columns = block.columns();
          int runs = TokenSampling.runs(columns);
          float[] bias = logits.loadBias(block, BIAS, scratch);
          float[] row = scratch.heap(ROW, columns);
          float[] ofRuns = scratch.heap(SUMS, runs);
          for (int r = tile.from(); r < tile.to(); r++) {
            values.region().load((r - tile.from()) * values.stride(), row, 0, columns);
            float max = scale * kernels.maxOfSums(row, bias, columns);
            kernels.expSumsOfRuns(row, bias, scale, max, RUN, columns, ofRuns);
            sums.ofBlocks().set(r, block.index(), max, 0f);
            int at = r * sums.ofRuns().stride() + block.from() / RUN;
            sums.ofRuns().region().store(at, ofRuns, 0, runs);
          }
        });
  }

  private void choose(
      SampleTokens operation, LogitBlocks logits, Sums sums, int from, int to, Scratch scratch) {
    float scale = 1f / operation.decoding().temperature();
    Dl4jIntTensor out = Dl4jIntTensor.of(operation.out());
    float[] uniforms = scratch.heap(DRAWS, to - from);
    TokenSampling.fill(uniforms, operation, from, to);
    int runs = sums.ofRuns().stride();
    float[] ofRuns = scratch.heap(SUMS, runs);
    float[] inRun = scratch.heap(IN_RUN, RUN);
    for (int row = from; row < to; row++) {
      float max = sums.ofBlocks().max(row);
      sums.ofRuns().region().load(row * runs, ofRuns, 0, runs);
      for (int block = 0; block < logits.blocks(); block++) {
        int first = logits.block(block).from() / RUN;
        int count = TokenSampling.runs(logits.block(block).columns());
        float factor = (float) Math.exp(sums.ofBlocks().max(row, block) - max);
        engine.kernels().affine(ofRuns, first, factor, 0f, count);
      }
      Choice choice = TokenSampling.chooseRun(ofRuns, runs, uniforms[row - from]);
      int first = choice.run() * RUN;
      int count = Math.min(RUN, logits.vocabulary() - first);
      exponentials(logits, row, first, count, scale, max, inRun, scratch);
      out.set(row, first + TokenSampling.chooseToken(inRun, count, choice.rest()));
    }
  }

  /** Those of the tokens of one run. */
  private void exponentials(
      LogitBlocks logits,
      int row,
      int first,
      int count,
      float scale,
      float max,
      float[] out,
      Scratch scratch) {
    int hidden = logits.hidden();
    float[] weights = scratch.heap(WEIGHTS, hidden * RUN);
    float[] h = scratch.heap(HIDDEN, hidden);
    float[] bias = scratch.heap(BIAS, RUN);
    float[] values = scratch.heap(ROW, RUN);
    int[] starts = scratch.ints(0, hidden);
    FloatRegion all = Dl4jTensor.region(logits.weights());
    for (int k = 0; k < hidden; k++) {
      starts[k] = k * RUN;
      all.load(k * logits.vocabulary() + first, weights, starts[k], count);
    }
    logits.h().region().load(row * hidden, h, 0, hidden);
    Dl4jTensor.region(logits.bias()).load(first, bias, 0, count);
    Arrays.fill(values, 0, count, 0f);
    engine.kernels().addScaledRows(weights, starts, h, 0, hidden, values, 0, count);
    engine.kernels().expOfSums(values, bias, 0, scale, max, count, out);
  }
}
