package org.seqgan.core.experiment;

import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Task;

/**
 * What a reward sees of one batch of sequences; roll-outs and rewards draw from parts of one
 * stream.
 *
 * @param rollOutPolicy completes prefixes
 * @param judge the discriminator, where the trainer has one
 */
public record TokenRequest(
    Task task,
    Sequences sequences,
    Policy rollOutPolicy,
    Optional<Scorer> judge,
    Decoding decoding,
    RandomStream root)
    implements RewardRequest {

  @Override
  public Completions complete(int copies) {
    return rollOutPolicy.complete(sequences, copies, decoding, root.split("roll-out"));
  }

  @Override
  public Scorer discriminator() {
    return judge.orElseThrow(
        () ->
            new UserException(
                UserException.Kind.CONFIGURATION,
                "the reward asks for a discriminator, and the trainer has none; choose a reward that does without, such as reward = bleu, or another trainer"));
  }

  @Override
  public String text(int i) {
    return task.show(sequences.row(i));
  }

  @Override
  public RandomStream stream() {
    return root.split("reward");
  }
}
