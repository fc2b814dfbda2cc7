package org.seqgan.api.reward;

import org.seqgan.api.data.TokenValues;

/** The return of each token. One thread at a time. */
@FunctionalInterface
public interface Reward {
  /**
   * A reward per token, {@code [batch, time]} like the request's sequences. What it says of the
   * positions after the end of a sequence does not count.
   */
  TokenValues reward(RewardRequest request);

  /**
   * Whether it gives every token the same reward by choice, as a control does. Of any other reward
   * a run warns where all tokens have the same: no policy gradient can learn from it.
   */
  default boolean isConstant() {
    return false;
  }
}
