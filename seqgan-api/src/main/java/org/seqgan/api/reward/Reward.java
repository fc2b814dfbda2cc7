package org.seqgan.api.reward;

import org.seqgan.api.data.TokenValues;

/** The return of each token. One thread at a time. */
@FunctionalInterface
public interface Reward {
  /**
   * A reward per token, {@code [batch, time]} like the request's sequences, 0 after the end of a
   * sequence.
   */
  TokenValues reward(RewardRequest request);
}
