package org.seqgan.api.discriminator;

import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * Sequences that many steps train on, kept where the discriminator computes. Made by {@link
 * Discriminator#trainingSet}; close it before the discriminator. One thread at a time.
 */
public interface TrainingSet extends AutoCloseable {
  /**
   * {@link Discriminator#train} on some of the sequences.
   *
   * @param rows their numbers, counted from 0
   * @param stream for dropout
   */
  Step train(int[] rows, RandomStream stream);

  @Override
  void close();
}
