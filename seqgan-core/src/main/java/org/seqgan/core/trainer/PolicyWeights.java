package org.seqgan.core.trainer;

import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

/**
 * How a step of trainer {@code seqgan} draws its sequences and what it makes of their Q: what the
 * policy gradient multiplies each token's log-likelihood by. For training and for who explains it.
 * One thread at a time.
 */
public final class PolicyWeights {
  private final SeqGanOptions.Adversarial options;
  private final RewardBaseline baseline;

  /**
   * Weights by options.
   *
   * @param time T, the number of positions
   */
  public PolicyWeights(SeqGanOptions.Adversarial options, int time) {
    this.options = options;
    this.baseline = new RewardBaseline(options, time);
  }

  /** How the sequences are drawn. */
  public Decoding sampling() {
    return Decoding.atTemperature(options.temperature());
  }

  /** How their prefixes are completed. */
  public Decoding rollOuts() {
    return Decoding.atTemperature(options.temperature());
  }

  /**
   * The weight of each token, {@code [batch, time]}; a moving baseline follows.
   *
   * @param q its reward
   */
  public TokenValues of(Sequences batch, TokenValues q) {
    return baseline.subtract(q, batch);
  }

  /** What is remembered from one batch to the next. */
  public NamedArrays state() {
    return baseline.state();
  }

  /**
   * Restores {@link #state()}.
   *
   * @throws org.seqgan.api.UserException (data) if it is of another number of positions
   */
  public void setState(NamedArrays state) {
    baseline.setState(state);
  }
}
