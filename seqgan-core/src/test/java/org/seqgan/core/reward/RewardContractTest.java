package org.seqgan.core.reward;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.core.metric.Smoothing;
import org.seqgan.core.registry.BuiltInProvider.NoOptions;
import org.seqgan.testkit.RewardContract;

@DisplayName("The contract of a reward is kept by")
class RewardContractTest {
  @Nested
  class OfTheDiscriminator extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Discriminator().create(context, new BuiltInReward.SearchOptions(3));
    }
  }

  @Nested
  class OfBleu extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Bleu()
          .create(context, new BleuReward.Options(2, 3, 0, Smoothing.EPSILON));
    }
  }

  @Nested
  class OfABlend extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Blend()
          .create(context, new BlendReward.Options(0.5, Objective.Kind.BLEU, 2, 3));
    }
  }

  @Nested
  class OfAnObjectiveAlone extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Blend()
          .create(context, new BlendReward.Options(0, Objective.Kind.DISTINCT_TOKENS, 2, 3));
    }
  }

  @Nested
  class OfMaligan extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Maligan().create(context, new MaliganReward.Options(0));
    }
  }

  @Nested
  class OfMaligansGrowingBaseline extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Maligan().create(context, new MaliganReward.Options(3));
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of();
    }
  }

  @Nested
  class OfAConstant extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Constant().create(context, new BuiltInReward.ConstantOptions(0.5f));
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.VARIES, Capability.REMEMBERS);
    }
  }

  @Nested
  class OfChance extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Random().create(context, new NoOptions());
    }
  }

  @Nested
  class OfOthers extends RewardContract {
    @Override
    protected Reward create(RewardContext context) {
      return new BuiltInReward.Shuffled().create(context, new BuiltInReward.SearchOptions(3));
    }
  }
}
