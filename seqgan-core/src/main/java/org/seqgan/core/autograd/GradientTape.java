package org.seqgan.core.autograd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/**
 * The tape: each operation runs at once and, in training, leaves behind how its gradient flows
 * back. A step of training is: a forward function, a loss, {@link #backward}, {@link #gradients}.
 * One thread, one batch.
 */
public final class GradientTape implements Tape {
  private final TensorScope scope;
  private final ParameterSet parameters;
  private final RandomStream dropout;
  private final Map<String, Node> parameterNodes = new LinkedHashMap<>();
  private final List<Runnable> backwardSteps = new ArrayList<>();

  /** A tape that records; {@code dropout} gives the random numbers of dropout layers. */
  public GradientTape(TensorScope scope, ParameterSet parameters, RandomStream dropout) {
    this.scope = scope;
    this.parameters = parameters;
    this.dropout = dropout;
  }

  private final class Node implements Variable {
    private final Tensor value;
    private final boolean tracked;
    private @Nullable Tensor gradient;

    Node(Tensor value, boolean tracked) {
      this.value = value;
      this.tracked = tracked;
    }

    @Override
    public Tensor value() {
      return value;
    }

    /**
     * Adds to the gradient, never in place: the same tensor may have been given to several nodes.
     */
    void accumulate(Tensor contribution) {
      if (tracked) {
        gradient =
            gradient == null
                ? contribution
                : scope.binary(BinaryOperation.ADD, gradient, contribution);
      }
    }
  }

  @Override
  public Variable apply(
      List<? extends Variable> inputs, Function<List<Tensor>, ? extends Differentiable> operation) {
    List<Node> nodes = inputs.stream().map(Node.class::cast).toList();
    Differentiable made = operation.apply(nodes.stream().map(Node::value).toList());
    Forward forward = scope.run(made);
    boolean tracked = nodes.stream().anyMatch(node -> node.tracked);
    Node output = new Node(forward.output(), tracked);
    if (tracked) {
      backwardSteps.add(() -> passBack(made, forward, output, nodes));
    }
    return output;
  }

  /**
   * Gives each input of an operation its share of the gradient, if a loss depends on its output.
   */
  private void passBack(Differentiable operation, Forward forward, Node output, List<Node> inputs) {
    if (output.gradient != null) {
      List<Tensor> gradients = scope.gradients(operation, forward, output.gradient);
      for (int i = 0; i < inputs.size(); i++) {
        inputs.get(i).accumulate(gradients.get(i));
      }
    }
  }

  /** Goes back over the record from a loss {@code [1]}. Call it once. */
  public void backward(Variable loss) {
    backward(loss, scope.one());
  }

  /** The same from a value, given the derivative of the loss by it. */
  public void backward(Variable output, Tensor dOutput) {
    ((Node) output).accumulate(dOutput);
    for (int i = backwardSteps.size() - 1; i >= 0; i--) {
      backwardSteps.get(i).run();
    }
  }

  /** The derivative of the loss by every parameter; zeros for one that was not used. */
  public Map<String, Tensor> gradients(List<String> names) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (String name : names) {
      Node node = parameterNodes.get(name);
      Tensor gradient = node == null ? null : node.gradient;
      gradients.put(name, gradient != null ? gradient : scope.zeros(parameters.get(name).shape()));
    }
    return gradients;
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
    return parameterNodes.computeIfAbsent(name, n -> new Node(parameters.get(n), true));
  }

  @Override
  public Variable constant(Tensor value) {
    return new Node(value, false);
  }

  @Override
  public RandomDraws draws(int count) {
    return dropout.draws(count);
  }
}
