package org.seqgan.core.metric;

import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Policy;

/** Negative log-likelihoods per token, in nats. */
public final class Likelihood {
  private final Sequences sequences;
  private final TokenValues logProbabilities;

  private Likelihood(Sequences sequences, TokenValues logProbabilities) {
    this.sequences = sequences;
    this.logProbabilities = logProbabilities;
  }

  /** What a model thinks of sequences. */
  public static Likelihood of(Policy model, Sequences sequences) {
    return new Likelihood(sequences, model.logProbabilities(sequences));
  }

  /** The mean over all tokens of -log G (Eq. 13 per token). */
  public double nllPerToken() {
    return -logProbabilities.sum() / sequences.tokenCount();
  }

  /** The mean over the tokens of each sequence of -log G. */
  public float[] nllPerTokenOfEach() {
    float[] values = new float[sequences.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (-logProbabilities.sum(i) / sequences.length(i));
    }
    return values;
  }
}
