package org.seqgan.api.autograd;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;

/**
 * Another model's forward function on the tape of a loss: its parameters are constants there and
 * its dropout is off, while gradients flow through what it computes to its inputs. So a
 * discriminator judges relaxed tokens within the loss of a generator. Not thread-safe.
 *
 * @param tape of the loss; it records
 * @param parameters of the other model, by name
 */
public record FrozenTape(Tape tape, Function<String, Tensor> parameters) implements Tape {
  @Override
  public TensorScope scope() {
    return tape.scope();
  }

  /** Never: what is trained is not this model. */
  @Override
  public boolean training() {
    return false;
  }

  @Override
  public Variable parameter(String name) {
    return tape.constant(parameters.apply(name));
  }

  @Override
  public Variable constant(Tensor value) {
    return tape.constant(value);
  }

  @Override
  public RandomDraws draws(int count) {
    return tape.draws(count);
  }

  @Override
  public Variable apply(
      List<? extends Variable> inputs, Function<List<Tensor>, ? extends Differentiable> operation) {
    return tape.apply(inputs, operation);
  }
}
