package org.seqgan.api.discriminator;

import java.util.Optional;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;

/**
 * D(Y), the probability that Y is real, to be read: what a reward sees of a discriminator. Nothing
 * here changes a parameter, and a reader closes nothing. One thread at a time.
 */
public interface Scorer {
  /**
   * D of each sequence, {@code [count]}, in [0, 1]. Batches are cut to the backend's budget inside.
   */
  float[] probabilityReal(Sequences sequences);

  /**
   * The logarithm of the odds that each sequence is real, {@code log D - log (1 - D)}, {@code
   * [count]}, finite. The default computes it of D, which it moves to at least 1e-6 from 0 and 1;
   * override it where it is known before it was squeezed between them.
   */
  default float[] logOdds(Sequences sequences) {
    float[] odds = probabilityReal(sequences);
    for (int i = 0; i < odds.length; i++) {
      double real = Math.max(1e-6, Math.min(odds[i], 1 - 1e-6));
      odds[i] = (float) (Math.log(real) - Math.log1p(-real));
    }
    return odds;
  }

  /** The scores of tokens given their prefixes, where it has them. */
  default Optional<TokenScorer> tokens() {
    return Optional.empty();
  }

  /**
   * D of each roll-out, {@code [rowCount]}. The default scores those that differ, in chunks;
   * override it to share more.
   */
  default float[] probabilityReal(Completions completions) {
    return completions.scores(1 << 14, this::probabilityReal);
  }
}
