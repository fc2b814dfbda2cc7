package org.seqgan.core.training;

import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.RewardRequest;

/** What a reward sees of one g-step; roll-outs and rewards draw from parts of the step's stream. */
public record Request(
    Players players, Sequences sequences, Decoding decoding, RandomStream stepStream)
    implements RewardRequest {

  @Override
  public Completions complete(int copies) {
    return players
        .rollOutPolicy()
        .complete(sequences, copies, decoding, stepStream.split("roll-out"));
  }

  @Override
  public Scorer discriminator() {
    return players.discriminator();
  }

  @Override
  public Sequences trainingData() {
    return players.task().data().training();
  }

  @Override
  public Vocabulary vocabulary() {
    return players.task().data().vocabulary();
  }

  @Override
  public String text(int i) {
    return players.task().show(sequences.row(i));
  }

  @Override
  public RandomStream stream() {
    return stepStream.split("reward");
  }
}
