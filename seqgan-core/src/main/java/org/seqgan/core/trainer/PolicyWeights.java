package org.seqgan.core.trainer;

import java.util.Optional;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Policy;

/**
 * How a step of trainer {@code seqgan} draws its sequences and what it makes of their Q: what the
 * policy gradient multiplies each token's log-likelihood by. For training and for who explains it.
 * One thread at a time.
 */
public final class PolicyWeights {
  private final SeqGanOptions.Adversarial options;
  private final RewardBaseline baseline;
  private final Demonstrations demonstrations;

  /**
   * Weights by options.
   *
   * @param time T, the number of positions
   */
  public PolicyWeights(SeqGanOptions.Adversarial options, int time) {
    this.options = options;
    this.baseline = new RewardBaseline(options, time);
    this.demonstrations =
        new Demonstrations(options.demonstrations(), options.demonstrationReward());
  }

  /** The temperature of the policy that learns: G_T = softmax(logits / T). */
  public float temperature() {
    return options.temperature();
  }

  /** How the sequences are drawn. */
  public Decoding sampling() {
    return Decoding.atTemperature(temperature() * options.samplingTemperature());
  }

  /** Whether they are drawn at another temperature than they count for, with weights for that. */
  public boolean isWeighted() {
    return options.samplingTemperature() != 1f;
  }

  /** The policy that learns: completions of prefixes are drawn from it, and negatives. */
  public Decoding policy() {
    return Decoding.atTemperature(temperature());
  }

  /**
   * The importance weight of each token, {@code [batch, time]}, where there are any.
   *
   * @param generator that drew the batch
   */
  public Optional<TokenValues> importance(Sequences batch, Policy generator) {
    return isWeighted()
        ? Optional.of(
            new ImportanceWeights(temperature(), sampling().temperature(), options.importanceClip())
                .of(generator, batch))
        : Optional.empty();
  }

  /**
   * The weight of each token, {@code [batch, time]}: Q less the baseline, times the importance
   * weight. A moving baseline follows.
   *
   * @param q its reward
   * @param importance as {@link #importance} gave it
   */
  public TokenValues of(Sequences batch, TokenValues q, Optional<TokenValues> importance) {
    TokenValues advantages = baseline.subtract(q, batch);
    return importance.map(each -> times(advantages, each)).orElse(advantages);
  }

  private static TokenValues times(TokenValues a, TokenValues b) {
    float[] products = new float[a.values().length];
    for (int i = 0; i < products.length; i++) {
      products[i] = a.values()[i] * b.values()[i];
    }
    return new TokenValues(a.count(), a.time(), products);
  }

  /** The real sequences beside the sampled ones. */
  Demonstrations demonstrations() {
    return demonstrations;
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
