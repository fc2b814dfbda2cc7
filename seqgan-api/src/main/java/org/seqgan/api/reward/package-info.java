/**
 * The reward: a number for each token of each sampled sequence, the Q of the policy gradient.
 *
 * <p>To write one, implement {@link org.seqgan.api.reward.Reward} (a function of a {@link
 * org.seqgan.api.reward.RewardRequest}) and a {@link org.seqgan.api.reward.RewardProvider}, which
 * makes it from a {@link org.seqgan.api.reward.RewardContext}. Extend {@code RewardContract} of
 * {@code seqgan-testkit}.
 */
@NullMarked
package org.seqgan.api.reward;

import org.jspecify.annotations.NullMarked;
