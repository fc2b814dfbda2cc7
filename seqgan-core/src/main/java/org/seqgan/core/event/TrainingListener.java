package org.seqgan.core.event;

/** Hears of training. Called on the training thread, in order; what it does delays training. */
@FunctionalInterface
public interface TrainingListener {
  /** Something happened. */
  void on(TrainingEvent event);
}
