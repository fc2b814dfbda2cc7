package org.seqgan.core.reward;

import java.util.Arrays;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;

/**
 * Maximum-likelihood augmented discrete GANs (MaliGAN: Che et al. 2017, arXiv 1702.07983), as
 * reward {@code maligan}: the generator is moved towards the density of data that the discriminator
 * implies, by importance weights that are normalised over the batch. There are no roll-outs: every
 * token of sequence i of B has the weight of its sequence,
 *
 * <pre>
 * w_i = r_i / sum over j of r_j - b,   r_i = D(Y_i) / (1 - D(Y_i)) = exp(logit of real - logit of generated)
 * </pre>
 *
 * <p>b grows from 0 to 1/B over the first requests (the paper), or is 1/B from the start: then the
 * weights add up to 0, and are all 0 where D tells nothing. r is never computed: the first term is
 * the softmax of the {@linkplain org.seqgan.api.discriminator.Scorer#logOdds log-odds} over the
 * batch, in which what is added to all of them cancels.
 *
 * <p>Departures: MaliGAN-mixed, which keeps the first tokens of real sequences, is left out; D is
 * asked once and without dropout, where the code of TextGAN-PyTorch averages over 16 dropout masks.
 */
final class MaliganReward implements Reward {
  private static final String REQUESTS = "requests";

  /** Options of reward {@code maligan}. */
  record Options(
      @Option(
              description =
                  "generator updates over which b grows from 0 to 1/B, as in the paper; 0 for 1/B"
                      + " from the start, as in released code",
              defaultValue = "0",
              min = 0,
              max = 1000000)
          int baselineGrowth) {}

  private final int growth;

  /** Requests so far, until there were as many as b grows over. */
  private int requests;

  MaliganReward(Options options) {
    this.growth = options.baselineGrowth;
  }

  @Override
  public boolean readsDiscriminator() {
    return true;
  }

  @Override
  public TokenValues reward(RewardRequest request) {
    Sequences sequences = request.sequences();
    float[] odds = request.discriminator().logOdds(sequences);
    double[] logOdds = new double[odds.length];
    for (int i = 0; i < odds.length; i++) {
      logOdds[i] = odds[i];
    }
    double[] weights = weights(logOdds, growth == 0 ? 1 : (double) requests / growth);
    requests = Math.min(requests + 1, growth);
    float[] values = new float[sequences.tokens().length]; // (batch, time)
    for (int i = 0; i < sequences.count(); i++) {
      int from = i * sequences.time();
      Arrays.fill(values, from, from + sequences.length(i), (float) weights[i]);
    }
    return new TokenValues(sequences.count(), sequences.time(), values);
  }

  /**
   * The weight of each sequence of a batch.
   *
   * @param logOdds log r of each
   * @param grown B b, 0 to 1
   */
  static double[] weights(double[] logOdds, double grown) {
    double largest = Arrays.stream(logOdds).max().orElse(0);
    double[] weights = Arrays.stream(logOdds).map(odds -> Math.exp(odds - largest)).toArray();
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weights[i] / sum - grown / weights.length;
    }
    return weights;
  }

  @Override
  public NamedArrays state() {
    return growth == 0
        ? NamedArrays.NONE
        : new NamedArrays(Map.of(REQUESTS, new FloatArray(new int[] {1}, new float[] {requests})));
  }

  @Override
  public void setState(NamedArrays state) {
    if (growth == 0) {
      Reward.super.setState(state);
      return;
    }
    FloatArray saved = state.arrays().get(REQUESTS);
    if (saved == null || saved.values().length != 1 || state.names().size() != 1) {
      throw new UserException(
          UserException.Kind.DATA,
          "expected array '%s' of one number in the state of reward maligan, found %s: it must be what it was saved with; start the run anew"
              .formatted(REQUESTS, state.names()));
    }
    requests = (int) saved.values()[0];
  }
}
