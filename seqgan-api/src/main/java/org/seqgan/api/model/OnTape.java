package org.seqgan.api.model;

/**
 * A model under losses of somebody's own: its forward function, of which a loss on a {@link
 * org.seqgan.api.autograd.Tape} is made, and an optimiser for its parameters beside those that it
 * has already. Lives as long as the model.
 *
 * @param <F> the forward function: {@link AutoregressiveModel} or {@link SequenceClassifier}
 */
public interface OnTape<F> extends TapeTrained {
  /** The forward function. Its parameters are those that the tape of a loss knows. */
  F forward();
}
