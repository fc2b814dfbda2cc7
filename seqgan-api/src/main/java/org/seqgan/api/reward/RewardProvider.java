package org.seqgan.api.reward;

import org.seqgan.api.plugin.Provider;

/** Makes rewards. */
public interface RewardProvider<O extends Record> extends Provider<O> {
  /** A new reward. */
  Reward create(O options);
}
