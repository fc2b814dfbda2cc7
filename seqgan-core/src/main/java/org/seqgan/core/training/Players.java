package org.seqgan.core.training;

import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.task.Task;

/**
 * Who plays.
 *
 * @param task gives the real sequences
 * @param generator G_theta
 * @param rollOutPolicy G_beta, of the generator's model
 * @param discriminator D_phi
 * @param reward Q
 */
public record Players(
    Task task,
    Generator generator,
    Generator rollOutPolicy,
    Discriminator discriminator,
    Reward reward)
    implements AutoCloseable {

  /** The same players for another reward; one of the two is to be closed. */
  public Players with(Reward other) {
    return new Players(task, generator, rollOutPolicy, discriminator, other);
  }

  /** Closes all of them. */
  @Override
  public void close() {
    discriminator.close();
    rollOutPolicy.close();
    generator.close();
    task.close();
  }
}
