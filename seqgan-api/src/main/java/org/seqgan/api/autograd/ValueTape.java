package org.seqgan.api.autograd;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;

/**
 * A tape that computes values and records nothing: inference. Not thread-safe.
 *
 * @param scope in which values live
 * @param parameters the value of each parameter by name
 */
public record ValueTape(TensorScope scope, Function<String, Tensor> parameters) implements Tape {
  private record Value(Tensor value) implements Variable {}

  @Override
  public boolean training() {
    return false;
  }

  @Override
  public Variable parameter(String name) {
    return new Value(parameters.apply(name));
  }

  @Override
  public Variable constant(Tensor value) {
    return new Value(value);
  }

  /**
   * Refuses.
   *
   * @throws IllegalStateException always
   */
  @Override
  public RandomDraws draws(int count) {
    throw new IllegalStateException("only a training step draws random numbers");
  }

  @Override
  public Variable apply(
      List<? extends Variable> inputs, Function<List<Tensor>, ? extends Differentiable> operation) {
    List<Tensor> values = inputs.stream().map(Variable::value).toList();
    return new Value(scope.run(operation.apply(values)).output());
  }
}
