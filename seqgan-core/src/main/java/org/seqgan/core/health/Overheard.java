package org.seqgan.core.health;

import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.RewardRequest;

/** A request of a reward, with somebody who hears when the reward asks for the discriminator. */
record Overheard(RewardRequest request, Runnable discriminatorAsked) implements RewardRequest {
  @Override
  public Sequences sequences() {
    return request.sequences();
  }

  @Override
  public Completions complete(int copies) {
    return request.complete(copies);
  }

  @Override
  public Scorer discriminator() {
    discriminatorAsked.run();
    return request.discriminator();
  }

  @Override
  public String text(int i) {
    return request.text(i);
  }

  @Override
  public RandomStream stream() {
    return request.stream();
  }
}
