package org.seqgan.backend.dl4j;

import org.seqgan.api.random.RandomDraws;
import org.seqgan.backend.dl4j.FloatRegion.Matrix;

/**
 * {@code sampleTokens} over the whole vocabulary, by inverse CDF: exponentials of a row and their
 * sums per run of tokens, then the run in which the sum passes the draw, then the token in the run.
 */
final class TokenSampling {
  private static final int RUN = 128;

  private static final int ROW = 0;
  private static final int BIAS = 1;
  private static final int DRAWS = 2;
  private static final int SUMS = 3;

  private final Engine engine;

  TokenSampling(Engine engine) {
    this.engine = engine;
  }

  void sample(LogitTiles logits, float temperature, RandomDraws draws, Dl4jIntTensor out) {
    int vocabulary = logits.vocabulary();
    logits.forEach(
        (from, to, tile, scratch) -> {
          float[] bias = logits.loadBias(BIAS, scratch);
          float[] uniforms = scratch.heap(DRAWS, to - from);
          draws.slice(from, to).fill(uniforms, 0);
          for (int row = from; row < to; row++) {
            float[] values = scratch.heap(ROW, vocabulary);
            load(tile, row - from, values, vocabulary);
            float[] sums = exponentials(values, bias, vocabulary, temperature, scratch);
            out.set(row, choose(values, sums, vocabulary, uniforms[row - from]));
          }
        });
  }

  private static void load(Matrix tile, int row, float[] values, int count) {
    tile.region().load(row * tile.stride(), values, 0, count);
  }

  /** Turns logits into exp(logit - max); returns the sums of the runs. */
  private float[] exponentials(
      float[] values, float[] bias, int vocabulary, float temperature, Scratch scratch) {
    Kernels kernels = engine.kernels();
    float max = kernels.addScaleMax(values, 0, bias, 0, 1f / temperature, vocabulary);
    float[] sums = scratch.heap(SUMS, runs(vocabulary));
    for (int run = 0; run < runs(vocabulary); run++) {
      int first = run * RUN;
      sums[run] = kernels.expSum(values, first, max, Math.min(RUN, vocabulary - first));
    }
    return sums;
  }

  /** The first token at which the sum of exponentials passes {@code uniform} times their total. */
  private static int choose(float[] values, float[] sums, int vocabulary, float uniform) {
    int runs = runs(vocabulary);
    double total = 0;
    for (int run = 0; run < runs; run++) {
      total += sums[run];
    }
    double limit = uniform * total;
    double before = 0;
    int run = 0;
    while (run < runs - 1 && before + sums[run] <= limit) {
      before += sums[run++];
    }
    // A run's sum and the sum of its tokens one by one differ by rounding, so the search may pass
    // into the next run; beyond the last token, it is the last one that has a probability.
    int last = 0;
    for (int token = run * RUN; token < vocabulary; token++) {
      before += values[token];
      if (before > limit) {
        return token;
      }
      last = values[token] > 0f ? token : last;
    }
    return last;
  }

  private static int runs(int vocabulary) {
    return (vocabulary + RUN - 1) / RUN;
  }
}
