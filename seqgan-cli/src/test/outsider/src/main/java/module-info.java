/** A plugin in a module of its own, which names those of seqgan. */
module org.example.outsider {
  requires org.seqgan.api;

  exports org.example.outsider;

  provides org.seqgan.api.reward.RewardProvider with
      org.example.outsider.ParityRewardProvider;
}
