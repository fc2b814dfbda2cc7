package org.seqgan.api.training;

import org.seqgan.api.data.NamedArrays;

/**
 * A method of training: what one step of each of its phases does to the models that it made ({@link
 * TrainerContext}). Everything else is the program's: the order of the phases and their counting,
 * progress, stopping, evaluation, checkpoints, resuming, warnings.
 *
 * <p>A step must depend on nothing but the models, {@link #state()}, its phase and number, and the
 * random numbers that {@link Progress#random()} gives it: then a run that was stopped and resumed
 * ends like one that was not. One thread at a time.
 */
public interface Trainer {
  /**
   * A phase is about to begin, also one without steps. Called once more where a run was stopped
   * right after, and not where it is resumed within the phase: what it does twice must be what it
   * does once.
   *
   * @param phase its name
   */
  default void begin(String phase) {}

  /**
   * Does one step.
   *
   * @param phase the phase's name
   * @param number of the step, counted from 1
   * @param progress told of every batch; what it throws has to pass
   */
  void step(String phase, int number, Progress progress);

  /** What the method remembers between batches, beside its models; saved with them. */
  default NamedArrays state() {
    return NamedArrays.NONE;
  }

  /**
   * Restores {@link #state()}.
   *
   * @throws org.seqgan.api.UserException if it does not fit the options
   */
  default void setState(NamedArrays state) {}
}
