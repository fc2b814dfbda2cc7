package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.MethodCase;
import org.seqgan.core.TestBackends;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

/** A loss on a tape as a function of inputs by name, with its gradients. */
final class Formula implements AutoCloseable {
  private static final float DELTA = 1e-3f;

  private final TensorBackend backend;
  private final Map<String, FloatArray> inputs = new LinkedHashMap<>();
  private final Map<String, float[]> gradients = new LinkedHashMap<>();
  private float value;

  /** Each case beside the name of each backend that runs here. */
  static Stream<Arguments> onEveryBackend(Stream<MethodCase> cases) {
    List<MethodCase> all = cases.toList();
    return TestBackends.names()
        .flatMap(backend -> all.stream().map(example -> Arguments.of(backend, example)));
  }

  /** A formula without inputs yet, computed by a backend. */
  Formula(String backend) {
    this.backend = TestBackends.open(backend);
  }

  /** Declares an input. */
  void input(String name, float[] values, int... shape) {
    inputs.put(name, new FloatArray(shape, values));
  }

  /** Computes the loss and the derivative by every input. */
  void run(Function<Tape, Variable> loss) {
    try (ParameterSet parameters = parameters(inputs);
        TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(1));
      Variable result = loss.apply(tape);
      tape.backward(result);
      value = scope.read(result.value())[0];
      tape.gradients(List.copyOf(inputs.keySet()))
          .forEach((name, gradient) -> gradients.put(name, scope.read(gradient)));
    }
  }

  private ParameterSet parameters(Map<String, FloatArray> values) {
    List<ParameterSpec> specs = new ArrayList<>();
    values.forEach(
        (name, array) ->
            specs.add(ParameterSpec.of(name, new Initializer.Constant(0), array.shape())));
    ParameterSet parameters = new ParameterSet(backend, specs, RandomStream.of(1));
    parameters.setValues(new NamedArrays(values));
    return parameters;
  }

  float value() {
    return value;
  }

  /** The derivative by an input, row-major. */
  float[] gradient(String name) {
    return gradients.get(name);
  }

  /** Compares the derivatives with central differences of the loss. */
  void assertFiniteDifferences(Function<Tape, Variable> loss, double tolerance) {
    run(loss);
    for (String name : inputs.keySet()) {
      float[] found = gradients.get(name);
      for (int i = 0; i < found.length; i++) {
        double expected =
            (lossAt(loss, name, i, DELTA) - lossAt(loss, name, i, -DELTA)) / (2 * DELTA);
        assertThat(Math.abs(found[i] - expected))
            .as("derivative by %s[%d]: expected %s, found %s", name, i, expected, found[i])
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }

  private double lossAt(Function<Tape, Variable> loss, String name, int at, float change) {
    Map<String, FloatArray> changed = new LinkedHashMap<>(inputs);
    float[] values = inputs.get(name).values().clone();
    values[at] += change;
    changed.put(name, new FloatArray(inputs.get(name).shape(), values));
    try (ParameterSet parameters = parameters(changed);
        TensorScope scope = backend.openScope()) {
      Tape tape = new GradientTape(scope, parameters, RandomStream.of(1)); // the same draws again
      return scope.read(loss.apply(tape).value())[0];
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
