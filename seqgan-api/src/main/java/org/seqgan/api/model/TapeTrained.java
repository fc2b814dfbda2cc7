package org.seqgan.api.model;

import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.random.RandomStream;

/**
 * Parameters with an optimiser, trained by whatever loss they are given. One thread at a time, that
 * of the backend.
 */
public interface TapeTrained {
  /**
   * One step of the optimiser on a loss. It reads nothing back: what it tells is on its way.
   *
   * @param loss {@code [1]}, computed on a tape that knows the parameters by their names
   * @param stream for dropout
   */
  Step train(Function<Tape, Variable> loss, RandomStream stream);

  /**
   * Computes something of the parameters as they are, on a tape without gradients, and reads it.
   *
   * @param values a tensor of any shape
   */
  float[] compute(Function<Tape, Variable> values);

  /**
   * A tape on which these parameters, as they are, are constants, and the rest is recorded by
   * another: for a forward function within another model's loss.
   *
   * @param tape of that loss
   */
  Tape frozen(Tape tape);
}
