package org.example.outsider;

import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.testkit.RewardContract;

class ParityRewardTest extends RewardContract {
  @Override
  protected Reward create(RewardContext context) {
    ParityRewardProvider provider = new ParityRewardProvider();
    return provider.create(context, new ParityRewardProvider.Options(1));
  }
}
