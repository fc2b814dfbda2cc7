package org.seqgan.api.discriminator;

import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

/**
 * Scores every token given its prefix, to be read: what a discriminator has that judges a sequence
 * while it is written, so that a reward needs no roll-outs. One thread at a time.
 */
@FunctionalInterface
public interface TokenScorer {
  /**
   * How real each token is after the tokens before it, {@code [batch, time]}, in [0, 1]. What
   * stands after a token does not count for it; what is said of the positions after the end of a
   * sequence does not count at all.
   */
  TokenValues probabilityReal(Sequences sequences);
}
