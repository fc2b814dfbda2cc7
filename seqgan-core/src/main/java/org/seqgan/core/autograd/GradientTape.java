package org.seqgan.core.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.autograd.FilterVariables;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.ConvolutionFilters;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Gradients;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/**
 * The tape: each operation runs at once and, in training, leaves behind how its gradient flows
 * back. A step of training is: forward functions, one or more losses ({@link #crossEntropy}, {@link
 * #seed}), {@link #backward}, {@link #gradients}. One thread, one batch.
 */
public final class GradientTape implements Tape {
  private final TensorScope scope;
  private final ParameterSet parameters;
  private final @Nullable RandomStream dropout;
  private final Map<String, Node> parameterNodes = new LinkedHashMap<>();
  private final List<Runnable> backwardSteps = new ArrayList<>();

  private GradientTape(TensorScope scope, ParameterSet parameters, @Nullable RandomStream dropout) {
    this.scope = scope;
    this.parameters = parameters;
    this.dropout = dropout;
  }

  /** A tape that records; {@code dropout} gives the random numbers of dropout layers. */
  public static GradientTape forTraining(
      TensorScope scope, ParameterSet parameters, RandomStream dropout) {
    return new GradientTape(scope, parameters, dropout);
  }

  /** A tape that computes values only. */
  public static GradientTape forInference(TensorScope scope, ParameterSet parameters) {
    return new GradientTape(scope, parameters, null);
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

  @FunctionalInterface
  private interface BackwardStep {
    /**
     * Passes on {@code dOutput}, the derivative of the loss by an operation's output, to its
     * inputs.
     */
    void apply(Tensor dOutput);
  }

  private Node record(Tensor value, BackwardStep step, Variable... inputs) {
    boolean tracked = training() && Arrays.stream(inputs).anyMatch(input -> node(input).tracked);
    Node output = new Node(value, tracked);
    if (tracked) {
      backwardSteps.add(
          () -> {
            if (output.gradient != null) {
              step.apply(output.gradient);
            }
          });
    }
    return output;
  }

  private static Node node(Variable variable) {
    return (Node) variable;
  }

  private static void give(Variable variable, Tensor contribution) {
    node(variable).accumulate(contribution);
  }

  // ---- losses and gradients ----

  /**
   * The weighted negative log-likelihood of {@code targets[n]} under {@code softmax(h W + b)}, see
   * {@link TensorScope#linearCrossEntropy}; its gradients are on the tape afterwards.
   *
   * @return the loss, {@code [1]}
   */
  public Tensor crossEntropy(
      Variable h, Variable weights, Variable bias, IntTensor targets, Tensor tokenWeights) {
    Gradients.CrossEntropy result =
        scope.linearCrossEntropy(h.value(), weights.value(), bias.value(), targets, tokenWeights);
    give(h, result.h());
    give(weights, result.weights());
    give(bias, result.bias());
    return result.loss();
  }

  /** States the derivative of the loss by a value. */
  public void seed(Variable variable, Tensor dVariable) {
    give(variable, dVariable);
  }

  /** Goes back over the record. Call it once, after the losses. */
  public void backward() {
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

  // ---- values ----

  @Override
  public TensorScope scope() {
    return scope;
  }

  @Override
  public boolean training() {
    return dropout != null;
  }

  @Override
  public Variable parameter(String name) {
    return parameterNodes.computeIfAbsent(name, n -> new Node(parameters.get(n), training()));
  }

  @Override
  public Variable constant(Tensor value) {
    return new Node(value, false);
  }

  // ---- layers ----

  @Override
  public Variable embedding(Variable table, IntTensor ids) {
    return record(
        scope.gatherRows(table.value(), ids),
        dy -> {
          Tensor dTable = scope.zeros(table.value().shape());
          scope.scatterAddRows(dy, ids, dTable);
          give(table, dTable);
        },
        table);
  }

  @Override
  public Variable linear(Variable x, Variable weights, Variable bias, Activation activation) {
    Tensor y = scope.linear(x.value(), weights.value(), bias.value(), activation);
    return record(
        y,
        dy -> {
          Gradients.Linear gradients =
              scope.linearBackward(x.value(), weights.value(), activation, y, dy);
          give(x, gradients.x());
          give(weights, gradients.weights());
          give(bias, gradients.bias());
        },
        x,
        weights,
        bias);
  }

  @Override
  public Variable lstm(
      Variable x,
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      IntTensor lengths) {
    Forward forward =
        scope.lstm(
            x.value(), inputWeights.value(), recurrentWeights.value(), bias.value(), lengths);
    return record(
        forward.output(),
        dy -> {
          Gradients.Lstm gradients =
              scope.lstmBackward(
                  x.value(), inputWeights.value(), recurrentWeights.value(), lengths, forward, dy);
          give(x, gradients.x());
          give(inputWeights, gradients.inputWeights());
          give(recurrentWeights, gradients.recurrentWeights());
          give(bias, gradients.bias());
        },
        x,
        inputWeights,
        recurrentWeights,
        bias);
  }

  @Override
  public Variable convMaxPool(Variable x, List<FilterVariables> bank, IntTensor lengths) {
    List<ConvolutionFilters> filters = values(bank);
    Forward forward = scope.convMaxPool(x.value(), filters, lengths);
    List<Variable> inputs = new ArrayList<>(List.of(x));
    bank.forEach(f -> inputs.addAll(List.of(f.weights(), f.bias())));
    return record(
        forward.output(),
        dy -> {
          Gradients.ConvMaxPool gradients =
              scope.convMaxPoolBackward(x.value(), filters, lengths, forward, dy);
          give(x, gradients.x());
          for (int i = 0; i < bank.size(); i++) {
            give(bank.get(i).weights(), gradients.filters().get(i).weights());
            give(bank.get(i).bias(), gradients.filters().get(i).bias());
          }
        },
        inputs.toArray(Variable[]::new));
  }

  private static List<ConvolutionFilters> values(List<FilterVariables> bank) {
    return bank.stream()
        .map(f -> new ConvolutionFilters(f.width(), f.weights().value(), f.bias().value()))
        .toList();
  }

  @Override
  public Variable tokenConvMaxPool(
      Variable table, IntTensor ids, List<FilterVariables> bank, IntTensor lengths) {
    if (training()) {
      return convMaxPool(embedding(table, ids), bank, lengths);
    }
    Tensor pooled = scope.tokenConvMaxPool(table.value(), ids, values(bank), lengths);
    return new Node(pooled, false);
  }

  @Override
  public Variable highway(
      Variable x,
      Variable transformWeights,
      Variable transformBias,
      Variable gateWeights,
      Variable gateBias) {
    Forward forward =
        scope.highway(
            x.value(),
            transformWeights.value(),
            transformBias.value(),
            gateWeights.value(),
            gateBias.value());
    return record(
        forward.output(),
        dy -> {
          Gradients.Highway gradients =
              scope.highwayBackward(
                  x.value(), transformWeights.value(), gateWeights.value(), forward, dy);
          give(x, gradients.x());
          give(transformWeights, gradients.transformWeights());
          give(transformBias, gradients.transformBias());
          give(gateWeights, gradients.gateWeights());
          give(gateBias, gradients.gateBias());
        },
        x,
        transformWeights,
        transformBias,
        gateWeights,
        gateBias);
  }

  @Override
  public Variable dropout(Variable x, float keep) {
    if (dropout == null || keep == 1f) {
      return x;
    }
    RandomDraws draws = dropout.draws(x.value().size());
    return record(
        scope.dropout(x.value(), keep, draws), dy -> give(x, scope.dropout(dy, keep, draws)), x);
  }

  // ---- small operations, for models beyond the built-in ones ----

  @Override
  public Variable matmul(Variable a, Variable b) {
    return record(
        scope.matmul(a.value(), false, b.value(), false),
        dy -> {
          give(a, scope.matmul(dy, false, b.value(), true));
          give(b, scope.matmul(a.value(), true, dy, false));
        },
        a,
        b);
  }

  @Override
  public Variable unary(UnaryOperation operation, Variable a) {
    Tensor x = a.value();
    Tensor y = scope.unary(operation, x);
    return record(y, dy -> give(a, unaryGradient(operation, x, y, dy)), a);
  }

  private Tensor unaryGradient(UnaryOperation operation, Tensor x, Tensor y, Tensor dy) {
    return switch (operation) {
      case EXP -> multiply(dy, y);
      case LOG -> scope.binary(BinaryOperation.DIVIDE, dy, x);
      case TANH -> multiply(dy, scope.affine(multiply(y, y), -1, 1));
      case SIGMOID -> multiply(dy, multiply(y, scope.affine(y, -1, 1)));
      case RELU -> multiply(dy, scope.binary(BinaryOperation.LESS, scope.affine(y, 0, 0), y));
      case SQRT -> scope.affine(scope.binary(BinaryOperation.DIVIDE, dy, y), 0.5f, 0);
      case SQUARE -> scope.affine(multiply(dy, x), 2, 0);
    };
  }

  @Override
  public Variable binary(BinaryOperation operation, Variable a, Variable b) {
    if (operation == BinaryOperation.LESS) {
      throw new UnsupportedOperationException(
          "LESS has no derivative; compute it on values and use constant(...)");
    }
    Tensor x = a.value();
    Tensor y = b.value();
    return record(
        scope.binary(operation, x, y),
        dOut -> {
          give(a, firstGradient(operation, x, y, dOut));
          give(b, sumToShape(secondGradient(operation, x, y, dOut), y));
        },
        a,
        b);
  }

  private Tensor firstGradient(BinaryOperation operation, Tensor a, Tensor b, Tensor dOut) {
    return switch (operation) {
      case ADD, SUBTRACT -> dOut;
      case MULTIPLY -> multiply(dOut, b);
      case DIVIDE -> scope.binary(BinaryOperation.DIVIDE, dOut, b);
      // Where both are equal, the first of the two gets the gradient.
      case MAX -> multiply(dOut, scope.affine(scope.binary(BinaryOperation.LESS, a, b), -1, 1));
      case LESS -> throw new AssertionError(operation);
    };
  }

  private Tensor secondGradient(BinaryOperation operation, Tensor a, Tensor b, Tensor dOut) {
    return switch (operation) {
      case ADD -> dOut;
      case SUBTRACT -> scope.affine(dOut, -1, 0);
      case MULTIPLY -> multiply(dOut, a);
      case DIVIDE -> {
        Tensor quotient =
            scope.binary(BinaryOperation.DIVIDE, scope.binary(BinaryOperation.DIVIDE, a, b), b);
        yield scope.affine(multiply(dOut, quotient), -1, 0);
      }
      case MAX -> multiply(dOut, scope.binary(BinaryOperation.LESS, a, b));
      case LESS -> throw new AssertionError(operation);
    };
  }

  /** Sums the gradient of a repeated operand over its repetitions. */
  private Tensor sumToShape(Tensor gradient, Tensor operand) {
    if (Arrays.equals(gradient.shape(), operand.shape())) {
      return gradient;
    }
    int columns = operand.size();
    return scope.reduce(
        Reduction.SUM, scope.reshape(gradient, gradient.size() / columns, columns), 0);
  }

  @Override
  public Variable affine(Variable a, float scale, float shift) {
    return record(
        scope.affine(a.value(), scale, shift), dy -> give(a, scope.affine(dy, scale, 0)), a);
  }

  @Override
  public Variable reduce(Reduction reduction, Variable a, int axis) {
    Tensor x = a.value();
    return record(
        scope.reduce(reduction, x, axis),
        dy -> {
          Tensor repeated = repeat(dy, x, axis);
          give(
              a,
              switch (reduction) {
                case SUM -> repeated;
                case MEAN -> scope.affine(repeated, 1f / x.dim(axis), 0);
                case MAX -> multiply(repeated, oneAtMaximum(x, axis));
              });
        },
        a);
  }

  /** Undoes a reduction's shape: every element along the axis gets the reduced one's gradient. */
  private Tensor repeat(Tensor reduced, Tensor like, int axis) {
    int[] one = like.shape();
    one[axis] = 1;
    Tensor slice = scope.reshape(reduced, one);
    return scope.concat(java.util.Collections.nCopies(like.dim(axis), slice), axis);
  }

  /** 1 at the first maximum along an axis, else 0. */
  private Tensor oneAtMaximum(Tensor x, int axis) {
    int inner = 1;
    for (int i = axis + 1; i < x.rank(); i++) {
      inner *= x.dim(i);
    }
    int length = x.dim(axis);
    int[] positions = scope.read(scope.argMax(x, axis));
    float[] mask = new float[x.size()];
    for (int i = 0; i < positions.length; i++) {
      mask[(i / inner * length + positions[i]) * inner + i % inner] = 1;
    }
    return scope.tensor(mask, x.shape());
  }

  @Override
  public Variable concat(List<Variable> parts, int axis) {
    return record(
        scope.concat(parts.stream().map(Variable::value).toList(), axis),
        dy -> {
          int from = 0;
          for (Variable part : parts) {
            int to = from + part.value().dim(axis);
            give(part, scope.slice(dy, axis, from, to));
            from = to;
          }
        },
        parts.toArray(Variable[]::new));
  }

  @Override
  public Variable slice(Variable a, int axis, int from, int to) {
    return record(
        scope.slice(a.value(), axis, from, to),
        dy -> {
          int[] before = a.value().shape();
          int[] after = a.value().shape();
          before[axis] = from;
          after[axis] -= to;
          give(a, scope.concat(List.of(scope.zeros(before), dy, scope.zeros(after)), axis));
        },
        a);
  }

  @Override
  public Variable reshape(Variable a, int... shape) {
    return record(
        scope.reshape(a.value(), shape), dy -> give(a, scope.reshape(dy, a.value().shape())), a);
  }

  @Override
  public Variable softmax(Variable a) {
    Tensor y = scope.softmax(a.value());
    return record(
        y,
        dy -> {
          // dx = y (dy - sum over the row of dy y)
          Tensor products = multiply(dy, y);
          Tensor sums = scope.reduce(Reduction.SUM, products, y.rank() - 1);
          Tensor repeated = repeat(sums, y, y.rank() - 1);
          give(a, scope.binary(BinaryOperation.SUBTRACT, products, multiply(y, repeated)));
        },
        a);
  }

  private Tensor multiply(Tensor a, Tensor b) {
    return scope.binary(BinaryOperation.MULTIPLY, a, b);
  }
}
