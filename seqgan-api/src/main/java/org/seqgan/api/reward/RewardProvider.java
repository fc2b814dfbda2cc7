package org.seqgan.api.reward;

import org.seqgan.api.plugin.Provider;

/** Makes rewards. */
public interface RewardProvider<O extends Record> extends Provider<O> {
  /**
   * A new reward.
   *
   * @throws org.seqgan.api.UserException if it cannot be given for such a task
   */
  Reward create(RewardContext context, O options);
}
