package org.seqgan.api.training;

import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * Parameters with an optimiser and no opinion on what they are for: a critic, a mediator, a ranker.
 * The trainer says what is computed of them. One thread at a time.
 */
public interface Network extends Model {
  /**
   * One step of the optimiser on a loss.
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
}
