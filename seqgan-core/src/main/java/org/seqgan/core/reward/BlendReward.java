package org.seqgan.core.reward;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.seqgan.api.data.ActionValues;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardRequest;

/**
 * Objective-reinforced GANs (ORGAN: Guimaraes et al. 2017, arXiv 1705.10843), as reward {@code
 * blend}: the {@linkplain ActionValues values} of a score that mixes the discriminator with an
 * {@link Objective} O, which is penalised for repetition within the batch of B sequences:
 *
 * <pre>
 * score(Y) = lambda D(Y) + (1 - lambda) O(Y) u / n(Y),   u = different sequences of the batch / B, n(Y) = how often Y is in it
 * </pre>
 *
 * <p>The batch of a roll-out is what the same copy of the same position made of the B sequences.
 * With lambda 1 this is reward {@code discriminator}, with 0 the discriminator is not asked.
 *
 * <p>Departures: neither the Wasserstein variant, whose released loss has the wrong sign, nor a
 * programme that alternates objectives. The objectives of tunes hear keys of the piano instead of
 * letters without accidentals, so a second is one or two semitones; and a note that is held or
 * struck again is one note. The released melodicity is always 0, by a name that is not defined;
 * this one is what it means.
 */
final class BlendReward implements Reward {
  /** Completions that are scored at a time, to bound memory. */
  private static final int MOST_ROWS = 1 << 14;

  /** Options of reward {@code blend}. */
  record Options(
      @Option(
              description = "lambda, the discriminator's share; the objective has the rest",
              defaultValue = "0.5",
              min = 0,
              max = 1)
          double lambda,
      @Option(
              description =
                  "bleu, distinct-tokens or, of tunes, tonality (rising fifths), steps (seconds) or"
                      + " melodicity (rising fourths, fifths and major sixths)",
              defaultValue = "bleu")
          Objective.Kind objective,
      @Option(
              description = "objective bleu: the n of BLEU-n",
              defaultValue = "3",
              min = 1,
              max = 16)
          int bleuOrder,
      @Option(
              description = "N: completions of each prefix",
              defaultValue = "16",
              min = 1,
              max = 100000)
          int rollOuts)
      implements BuiltInReward.RollsOut {}

  private final Options options;
  private final Objective objective;

  BlendReward(RewardContext context, Options options) {
    this.options = options;
    this.objective = options.objective.of(context, options.bleuOrder);
  }

  @Override
  public boolean readsDiscriminator() {
    return options.lambda > 0;
  }

  @Override
  public TokenValues reward(RewardRequest request) {
    Sequences sequences = request.sequences();
    Completions completions = request.complete(options.rollOuts);
    float[] whole = penalised(sequences, objective.scores(sequences));
    float[] completed = // (time - 1, N, batch)
        penalised(completions, completions.scores(MOST_ROWS, objective::scores));
    if (options.lambda > 0) {
      mix(request.discriminator().probabilityReal(sequences), whole);
      mix(request.discriminator().probabilityReal(completions), completed);
    }
    return ActionValues.of(completions, completed, whole);
  }

  private void mix(float[] discriminator, float[] penalised) {
    for (int i = 0; i < penalised.length; i++) {
      penalised[i] = (float) mix(options.lambda, discriminator[i], penalised[i]);
    }
  }

  /** Of both scores of a sequence, the objective's with its penalty. */
  static double mix(double lambda, double discriminator, double penalised) {
    return lambda * discriminator + (1 - lambda) * penalised;
  }

  /** Every copy of every position is a batch of its own. */
  private static float[] penalised(Completions completions, float[] scores) {
    float[] penalised = new float[scores.length];
    int batch = completions.sequences().count();
    for (int from = 0; from < scores.length; from += batch) {
      double[] weights = weights(completions.rows(from, from + batch));
      for (int i = 0; i < batch; i++) {
        penalised[from + i] = (float) (scores[from + i] * weights[i]);
      }
    }
    return penalised;
  }

  private static float[] penalised(Sequences batch, float[] scores) {
    double[] weights = weights(batch);
    float[] penalised = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      penalised[i] = (float) (scores[i] * weights[i]);
    }
    return penalised;
  }

  /** What the objective of each sequence of a batch is multiplied by: u / n(Y). */
  static double[] weights(Sequences batch) {
    Map<IntBuffer, Integer> counts = new HashMap<>();
    for (int i = 0; i < batch.count(); i++) {
      counts.merge(IntBuffer.wrap(batch.row(i)), 1, Integer::sum);
    }
    double share = (double) counts.size() / batch.count();
    double[] weights = new double[batch.count()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = share / counts.get(IntBuffer.wrap(batch.row(i)));
    }
    return weights;
  }
}
