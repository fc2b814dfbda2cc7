package org.seqgan.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/** A tape for contracts: it keeps every gradient, needed or not. */
final class PlainTape implements Tape {
  private final TensorScope scope;
  private final Map<String, Tensor> parameters;
  private final RandomStream stream;
  private final Map<String, Value> nodes = new LinkedHashMap<>();
  private final Map<Variable, Tensor> gradients = new IdentityHashMap<>();
  private final Deque<Runnable> record = new ArrayDeque<>();

  private record Value(Tensor value) implements Variable {}

  PlainTape(TensorScope scope, Map<String, Tensor> parameters, RandomStream stream) {
    this.scope = scope;
    this.parameters = parameters;
    this.stream = stream;
  }

  @Override
  public TensorScope scope() {
    return scope;
  }

  @Override
  public boolean training() {
    return true;
  }

  @Override
  public Variable parameter(String name) {
    return nodes.computeIfAbsent(name, n -> new Value(parameters.get(n)));
  }

  @Override
  public Variable constant(Tensor value) {
    return new Value(value);
  }

  @Override
  public RandomDraws draws(int count) {
    return stream.draws(count);
  }

  @Override
  public Variable apply(
      List<? extends Variable> inputs, Function<List<Tensor>, ? extends Differentiable> operation) {
    Differentiable made = operation.apply(inputs.stream().map(Variable::value).toList());
    Forward forward = scope.run(made);
    Variable output = new Value(forward.output());
    record.push(
        () -> {
          Tensor gradient = gradients.get(output);
          if (gradient != null) {
            List<Tensor> parts = scope.gradients(made, forward, gradient);
            for (int i = 0; i < inputs.size(); i++) {
              accumulate(inputs.get(i), parts.get(i));
            }
          }
        });
    return output;
  }

  private void accumulate(Variable variable, Tensor gradient) {
    gradients.merge(variable, gradient, (a, b) -> scope.binary(BinaryOperation.ADD, a, b));
  }

  /** The derivative of a loss by a parameter. */
  Map<String, Tensor> gradientsOf(Variable loss) {
    Tensor one = scope.allocate(loss.value().shape());
    scope.fill(one, 1f);
    accumulate(loss, one);
    record.forEach(Runnable::run);
    Map<String, Tensor> all = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          Value node = nodes.get(name);
          Tensor gradient = node == null ? null : gradients.get(node);
          all.put(name, gradient == null ? scope.zeros(value.shape()) : gradient);
        });
    return all;
  }
}
