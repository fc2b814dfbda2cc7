package org.seqgan.testkit.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;

/**
 * A call of one operation on given numbers, which any backend can solve: its inputs by name, and
 * what to do with them. Of a differentiable operation, the result {@code d NAME} is the derivative
 * of {@code sum(output * outputWeights)} by the input of that name. Immutable once it is made.
 */
public final class Problem {
  /** The result of a differentiable operation. */
  public static final String OUTPUT = "output";

  /** Stands before the name of the input that a result is the derivative by. */
  public static final String DERIVATIVE = "d ";

  private static final String RESULT = "result";

  /** An input. */
  private static final class Input {
    final int[] shape;
    final float[] values;

    Input(int[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }
  }

  /** Runs the operation and reports its results. */
  @FunctionalInterface
  public interface Body {
    /** Runs it once. */
    void run(Call call);
  }

  private final String name;
  private final int depth;
  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Set<String> changing = new HashSet<>();
  private final Body body;

  /**
   * A problem without inputs.
   *
   * @param name the operation and its sizes, for messages
   * @param depth how many numbers go into the longest sum
   * @param body the call
   */
  public Problem(String name, int depth, Body body) {
    this.name = name;
    this.depth = depth;
    this.body = body;
  }

  /**
   * A problem that runs one operation: its value, and its gradients where it has them; and whatever
   * inputs it changes.
   *
   * @param depth how many numbers go into the longest sum
   * @param operation made from the inputs of the problem
   */
  public static Problem of(
      String name, int depth, Function<Call, ? extends Operation<?>> operation) {
    return new Problem(name, depth, call -> call.run(operation.apply(call), RESULT));
  }

  /**
   * A problem that runs an operation several times, on what the time before left in its inputs.
   *
   * @param operation made from the inputs and the number of the time, counted from 1
   */
  public static Problem repeated(
      String name,
      int depth,
      int times,
      BiFunction<Call, Integer, ? extends Operation<?>> operation) {
    return new Problem(
        name,
        depth,
        call -> {
          for (int time = 1; time <= times; time++) {
            call.run(operation.apply(call, time), RESULT + " " + time);
          }
        });
  }

  /** The derivative of the loss by each element of the output, in [-1, 1). */
  public static float[] outputWeights(int size) {
    return new Numbers(size).symmetric(size);
  }

  /** Adds an input. */
  public Problem with(String input, float[] values, int... shape) {
    inputs.put(input, new Input(shape, values));
    return this;
  }

  /** Says that the operation writes into these inputs; no other may change. */
  public Problem changing(String... names) {
    changing.addAll(List.of(names));
    return this;
  }

  /** The same problem with other values for one input. */
  public Problem replacing(String input, float[] values) {
    Problem changed = new Problem(name, depth, body);
    changed.inputs.putAll(inputs);
    changed.changing.addAll(changing);
    changed.inputs.put(input, new Input(inputs.get(input).shape, values));
    return changed;
  }

  /** The operation and its sizes. */
  public String name() {
    return name;
  }

  /** How many numbers go into the longest sum. */
  public int depth() {
    return depth;
  }

  /** A copy of the values of an input. */
  public float[] values(String input) {
    return inputs.get(input).values.clone();
  }

  /** The results of the operation by name. */
  public Map<String, float[]> solve(TensorBackend backend) {
    try (TensorScope scope = backend.openScope()) {
      return solve(scope, input -> scope.tensor(input.values, input.shape));
    }
  }

  /** The results where every input is a view that starts inside a larger tensor. */
  public Map<String, float[]> solveOnViews(TensorBackend backend) {
    try (TensorScope scope = backend.openScope()) {
      return solve(
          scope,
          input -> {
            int size = input.values.length;
            float[] padded = new float[size + 3];
            Arrays.fill(padded, Float.NaN);
            System.arraycopy(input.values, 0, padded, 3, size);
            Tensor whole = scope.tensor(padded, size + 3);
            return scope.reshape(scope.rows(whole, 3, size + 3), input.shape);
          });
    }
  }

  private Map<String, float[]> solve(TensorScope scope, Function<Input, Tensor> upload) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    inputs.forEach((input, values) -> tensors.put(input, upload.apply(values)));
    Call call = new Call(scope, tensors);
    body.run(call);
    changing.forEach(input -> call.out(input, call.in(input)));
    inputs.forEach((input, values) -> assertUnchanged(input, values, call));
    return call.results;
  }

  private void assertUnchanged(String input, Input values, Call call) {
    if (!changing.contains(input)) {
      assertThat(Arrays.equals(call.scope.read(call.in(input)), values.values))
          .as("%s leaves its input %s as it was", name, input)
          .isTrue();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** One run of a problem: its inputs as tensors, and where its results go. */
  public static final class Call {
    private final TensorScope scope;
    private final Map<String, Tensor> tensors;
    private final Map<String, float[]> results = new LinkedHashMap<>();

    private Call(TensorScope scope, Map<String, Tensor> tensors) {
      this.scope = scope;
      this.tensors = tensors;
    }

    /** Where it runs. */
    public TensorScope scope() {
      return scope;
    }

    /** The input of a name. */
    public Tensor in(String input) {
      Tensor tensor = tensors.get(input);
      if (tensor == null) {
        throw new IllegalArgumentException("no input " + input + " among " + tensors.keySet());
      }
      return tensor;
    }

    /** Integers of one axis. */
    public IntTensor ints(int[] values) {
      return scope.ints(values, values.length);
    }

    private void run(Operation<?> operation, String result) {
      Object value = scope.run(operation);
      if (value instanceof Forward forward) {
        Differentiable differentiable = (Differentiable) operation;
        output(forward.output());
        float[] weights = outputWeights(forward.output().size());
        Tensor dOutput = scope.tensor(weights, forward.output().shape());
        List<Tensor> gradients = scope.gradients(differentiable, forward, dOutput);
        for (int i = 0; i < gradients.size(); i++) {
          gradient(nameOf(differentiable.inputs().get(i)), gradients.get(i));
        }
      } else if (value instanceof IntTensor integers) {
        out(result, integers);
      } else if (value instanceof Tensor floats) {
        out(result, floats);
      } else {
        throw new IllegalArgumentException(
            operation.name() + " gives a " + value.getClass() + ", which is not compared");
      }
    }

    private String nameOf(Tensor tensor) {
      return tensors.entrySet().stream()
          .filter(entry -> entry.getValue() == tensor)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    }

    /** Reports a result. */
    public void out(String result, Tensor value) {
      results.put(result, scope.read(value));
    }

    /** Reports a result of whole numbers, each below 2^24. */
    public void out(String result, IntTensor value) {
      int[] numbers = scope.read(value);
      float[] exact = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        exact[i] = numbers[i];
      }
      results.put(result, exact);
    }

    /** Reports the value of a differentiable operation. */
    public void output(Tensor value) {
      out(OUTPUT, value);
    }

    /** Reports the derivative by an input. */
    public void gradient(String input, Tensor value) {
      in(input);
      out(DERIVATIVE + input, value);
    }
  }
}
