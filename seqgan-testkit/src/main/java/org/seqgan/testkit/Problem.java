package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;

/**
 * A call of one operation on given numbers, which any backend can solve: its inputs by name, and
 * what to do with them. Of a differentiable operation, the result {@code d NAME} is the derivative
 * of {@code sum(output * outputWeights)} by the input of that name.
 */
final class Problem {
  static final String OUTPUT = "output";
  static final String DERIVATIVE = "d ";

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
  interface Body {
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
  Problem(String name, int depth, Body body) {
    this.name = name;
    this.depth = depth;
    this.body = body;
  }

  /** Adds an input. */
  Problem with(String input, float[] values, int... shape) {
    inputs.put(input, new Input(shape, values));
    return this;
  }

  /** Says that the operation writes into these inputs; no other may change. */
  Problem changing(String... names) {
    changing.addAll(List.of(names));
    return this;
  }

  /** The same problem with other values for one input. */
  Problem replacing(String input, float[] values) {
    Problem changed = new Problem(name, depth, body);
    changed.inputs.putAll(inputs);
    changed.changing.addAll(changing);
    changed.inputs.put(input, new Input(inputs.get(input).shape, values));
    return changed;
  }

  String name() {
    return name;
  }

  int depth() {
    return depth;
  }

  /** A copy of the values of an input. */
  float[] values(String input) {
    return inputs.get(input).values.clone();
  }

  /** The results of the operation by name. */
  Map<String, float[]> solve(TensorBackend backend) {
    try (TensorScope scope = backend.openScope()) {
      return solve(scope, input -> scope.tensor(input.values, input.shape));
    }
  }

  /** The results where every input is a view that starts inside a larger tensor. */
  Map<String, float[]> solveOnViews(TensorBackend backend) {
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
  static final class Call {
    private final TensorScope scope;
    private final Map<String, Tensor> tensors;
    private final Map<String, float[]> results = new LinkedHashMap<>();

    private Call(TensorScope scope, Map<String, Tensor> tensors) {
      this.scope = scope;
      this.tensors = tensors;
    }

    TensorScope scope() {
      return scope;
    }

    /** The input of a name. */
    Tensor in(String input) {
      Tensor tensor = tensors.get(input);
      if (tensor == null) {
        throw new IllegalArgumentException("no input " + input + " among " + tensors.keySet());
      }
      return tensor;
    }

    IntTensor ints(int[] values) {
      return scope.ints(values, values.length);
    }

    /** Reports a result. */
    void out(String result, Tensor value) {
      results.put(result, scope.read(value));
    }

    /** Reports a result of whole numbers, each below 2^24. */
    void out(String result, IntTensor value) {
      int[] numbers = scope.read(value);
      float[] exact = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        exact[i] = numbers[i];
      }
      results.put(result, exact);
    }

    /** Reports the value of a differentiable operation. */
    void output(Tensor value) {
      out(OUTPUT, value);
    }

    /** Reports the derivative by an input. */
    void gradient(String input, Tensor value) {
      in(input);
      out(DERIVATIVE + input, value);
    }
  }
}
