package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.backend.dl4j.kernel.Kernels;

/**
 * {@code sampleTokens} over the whole vocabulary, by inverse CDF: the sums of a row's exponentials
 * per run of tokens, then the run in which the sum passes the draw, then the token in the run. The
 * exponentials themselves are not kept; those of one run are computed again. A large vocabulary is
 * {@link WideSampling}'s.
 */
public final class TokenSampling implements Fused<SampleTokens, IntTensor> {
  static final int RUN = 128;

  private static final int ROW = 0;
  private static final int BIAS = 1;
  private static final int DRAWS = 2;
  private static final int SUMS = 3;
  private static final int IN_RUN = 4;

  private final Engine engine;
  private final WideSampling wide;

  public TokenSampling(Engine engine) {
    this.engine = engine;
    this.wide = new WideSampling(engine);
  }

  @Override
  public boolean fits(SampleTokens operation) {
    return operation.decoding().wholeVocabulary();
  }

  @Override
  public IntTensor run(TensorScope scope, SampleTokens operation) {
    if (LogitBlocks.suit(operation.weights().dim(1))) {
      return wide.run(operation);
    }
    LogitTiles logits =
        new LogitTiles(engine, operation.h(), operation.weights(), operation.bias());
    Dl4jIntTensor out = Dl4jIntTensor.of(operation.out());
    int vocabulary = logits.vocabulary();
    float scale = 1f / operation.decoding().temperature();
    logits.forEach(
        (from, to, tile, scratch) -> {
          float[] bias = logits.loadBias(BIAS, scratch);
          float[] uniforms = scratch.heap(DRAWS, to - from);
          fill(uniforms, operation, from, to);
          float[] values = scratch.heap(ROW, vocabulary);
          float[] sums = scratch.heap(SUMS, runs(vocabulary));
          float[] inRun = scratch.heap(IN_RUN, RUN);
          Kernels kernels = engine.kernels();
          for (int row = from; row < to; row++) {
            tile.region().load((row - from) * vocabulary, values, 0, vocabulary);
            float max = scale * kernels.maxOfSums(values, bias, vocabulary);
            kernels.expSumsOfRuns(values, bias, scale, max, RUN, vocabulary, sums);
            Choice choice = chooseRun(sums, runs(vocabulary), uniforms[row - from]);
            int first = choice.run() * RUN;
            int count = Math.min(RUN, vocabulary - first);
            kernels.expOfSums(values, bias, first, scale, max, count, inRun);
            out.set(row, first + chooseToken(inRun, count, choice.rest()));
          }
        });
    return operation.out();
  }

  /** The draws of some rows. */
  static void fill(float[] uniforms, SampleTokens operation, int from, int to) {
    if (operation.which().isEmpty()) {
      operation.draws().slice(from, to).fill(uniforms, 0);
      return;
    }
    Dl4jIntTensor which = Dl4jIntTensor.of(operation.which().orElseThrow());
    for (int row = from; row < to; row++) {
      uniforms[row - from] = operation.draws().uniform(which.get(row));
    }
  }

  /**
   * A run of tokens.
   *
   * @param run which
   * @param rest what of the draw is left for its tokens
   */
  record Choice(int run, double rest) {}

  /** The first run in which the sum of exponentials passes {@code uniform} times their total. */
  static Choice chooseRun(float[] sums, int runs, float uniform) {
    double total = 0;
    for (int run = 0; run < runs; run++) {
      total += sums[run];
    }
    double rest = uniform * total;
    int last = 0;
    for (int run = 0; run < runs; run++) {
      if (sums[run] > rest) {
        return new Choice(run, rest);
      }
      if (sums[run] > 0f) {
        last = run;
      }
      rest -= sums[run];
    }
    // By rounding, nothing was left: the last token that has a probability.
    return new Choice(last, Double.POSITIVE_INFINITY);
  }

  /**
   * The first token at which the sum passes {@code rest}. The sum of a run and that of its tokens
   * one by one differ by rounding, so none may: then it is the last one that has a probability.
   */
  static int chooseToken(float[] values, int count, double rest) {
    double sum = 0;
    int last = 0;
    for (int token = 0; token < count; token++) {
      sum += values[token];
      if (sum > rest) {
        return token;
      }
      last = values[token] > 0f ? token : last;
    }
    return last;
  }

  static int runs(int vocabulary) {
    return (vocabulary + RUN - 1) / RUN;
  }
}
