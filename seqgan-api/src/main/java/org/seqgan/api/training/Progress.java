package org.seqgan.api.training;

import java.util.function.ToDoubleFunction;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * A step that is being done. A batch is whatever training can stop after: a step that was stopped
 * after a batch is begun again with the same random numbers, and goes past the batches that are
 * done ({@link #passesOver}). One thread at a time.
 */
public interface Progress {
  /** The random numbers of the step: those of its phase and number. Split it; it never advances. */
  RandomStream random();

  /**
   * Goes past the next batches where all of them were done before training was stopped.
   *
   * @return whether it did: then they are not to be done again
   */
  boolean passesOver(long batches);

  /**
   * A batch is done. Throws where training is to stop here.
   *
   * @param fraction how much of the step is done, 0 to 1
   */
  void batchDone(double fraction);

  /** The same where nobody would see a difference. */
  void batchDone();

  /**
   * Throws where training is to stop, within a batch that takes long: the batch is lost. To be
   * called before the batch changes a model.
   */
  void checkStop();

  /**
   * Adds to a figure of the step, which is a mean.
   *
   * @param figure its name, such as {@code reward}
   * @param value the mean of what is added
   * @param count of how many
   */
  void add(String figure, double value, long count);

  /**
   * Adds a figure of a training step, which is read when it has come from the backend: at the
   * latest 64 batches on, and at the end of the step. One that is not finite ends training.
   *
   * @param figure its name, such as {@code g-loss}
   * @param value what of the training step it is
   * @param count of how many it is the mean
   */
  void add(String figure, Step step, ToDoubleFunction<Step> value, long count);
}
