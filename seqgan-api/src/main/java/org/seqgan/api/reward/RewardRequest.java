package org.seqgan.api.reward;

import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.random.RandomStream;

/** What a reward may look at. Nothing is computed until it is asked for. */
public interface RewardRequest {
  /** The sampled sequences, {@code [batch, time]}. */
  Sequences sequences();

  /** N completions of every prefix by the roll-out policy G_beta; drawn anew at each call. */
  Completions complete(int copies);

  /**
   * D_phi as it stands, to be read; of a reward that {@link Reward#readsDiscriminator}. One that
   * judges tokens too ({@link Scorer#tokens}) spares roll-outs.
   */
  Scorer discriminator();

  /** Sequence {@code i} as the task shows it: words, characters, notes. */
  String text(int i);

  /** Random numbers for this request. */
  RandomStream stream();
}
