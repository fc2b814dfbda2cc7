package org.seqgan.core.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.FrozenTape;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.operation.LossGradients;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Gradients of the tape agree with finite differences")
class GradientTapeTest {
  private static final float DELTA = 1e-2f;

  /** A function of the parameters a [3, 4] and b, by name. */
  record Case(String name, int[] bShape, BiFunction<Tape, Variable[], Variable> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        of("matmul", (t, p) -> t.matmul(p[0], p[1]), 4, 2),
        of("matmul of a value with itself", (t, p) -> t.matmul(p[1], p[1]), 4, 4),
        of("affine", (t, p) -> t.affine(t.binary(BinaryOperation.ADD, p[0], p[1]), -3f, 2f), 4),
        of(
            "sum",
            (t, p) -> t.reduce(Reduction.SUM, t.binary(BinaryOperation.MULTIPLY, p[0], p[1]), 0),
            3,
            4),
        of(
            "mean",
            (t, p) -> t.reduce(Reduction.MEAN, t.binary(BinaryOperation.MULTIPLY, p[0], p[1]), 1),
            4),
        of(
            "max",
            (t, p) -> t.reduce(Reduction.MAX, t.binary(BinaryOperation.ADD, p[0], p[1]), 1),
            1),
        of("concat", (t, p) -> t.concat(List.of(p[0], t.affine(p[1], 2f, 0), p[0]), 1), 3, 2),
        of(
            "slice",
            (t, p) -> t.binary(BinaryOperation.MULTIPLY, t.slice(p[0], 1, 1, 3), p[1]),
            3,
            2),
        of("reshape", (t, p) -> t.matmul(t.reshape(p[0], 4, 3), p[1]), 3, 2),
        of("softmax", (t, p) -> t.binary(BinaryOperation.MULTIPLY, t.softmax(p[0]), p[1]), 4),
        of(
            "linear",
            (t, p) ->
                t.linear(
                    p[0],
                    t.reshape(p[1], 4, 4),
                    t.reshape(t.slice(p[1], 0, 0, 1), 4),
                    Activation.TANH),
            4,
            4));
  }

  private static Case of(
      String name, BiFunction<Tape, Variable[], Variable> function, int... bShape) {
    return new Case(name, bShape, function);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void operation(Case example) {
    check(example);
  }

  @ParameterizedTest
  @EnumSource(UnaryOperation.class)
  void unary(UnaryOperation operation) {
    // Shifted to positive numbers, for logarithms and roots.
    check(
        of(
            operation.name(),
            (t, p) ->
                t.unary(operation, t.affine(t.binary(BinaryOperation.ADD, p[0], p[1]), 0.5f, 3f)),
            4));
  }

  static Stream<Arguments> binaries() {
    return Stream.of(BinaryOperation.values())
        .filter(operation -> operation != BinaryOperation.LESS)
        .flatMap(
            operation ->
                Stream.of(
                    Arguments.of(operation, new int[] {3, 4}),
                    Arguments.of(operation, new int[] {4}),
                    Arguments.of(operation, new int[] {1})));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void binary(BinaryOperation operation, int[] bShape) {
    check(
        of(
            operation.name(),
            (t, p) -> t.binary(operation, p[0], t.affine(p[1], 0.3f, 2f)),
            bShape));
  }

  @Test
  void lessHasNoDerivative() {
    try (TensorBackend backend = backend();
        ParameterSet parameters = parameters(backend, 4);
        TensorScope scope = backend.openScope()) {
      Tape tape = new GradientTape(scope, parameters, RandomStream.of(1));
      assertThatThrownBy(
              () -> tape.binary(BinaryOperation.LESS, tape.parameter("a"), tape.parameter("b")))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void inferenceRecordsNothingAndDropsNothing() {
    try (TensorBackend backend = backend();
        ParameterSet parameters = parameters(backend, 4);
        TensorScope scope = backend.openScope()) {
      Tape tape = new ValueTape(scope, parameters::get);
      Variable a = tape.parameter("a");
      assertThat(tape.dropout(a, 0.5f)).isSameAs(a);
      assertThatThrownBy(() -> tape.draws(1)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void gradientsFlowThroughAFrozenModelAndNotIntoIt() {
    try (TensorBackend backend = backend();
        ParameterSet parameters = parameters(backend, 4);
        ParameterSet others = parameters(backend, 4);
        TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(1));
      Tape other = new FrozenTape(tape, others::get);
      assertThat(other.training()).isFalse();
      Variable a = tape.parameter("a");
      assertThat(other.dropout(a, 0.5f)).isSameAs(a);
      Variable product = other.binary(BinaryOperation.MULTIPLY, a, other.parameter("a"));
      tape.backward(product, scope.affine(a.value(), 0, 1));
      assertThat(scope.read(tape.gradients(List.of("a")).get("a")))
          .containsExactly(scope.read(others.get("a")));
    }
  }

  private static TensorBackend backend() {
    return new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(1 << 28)));
  }

  private static ParameterSet parameters(TensorBackend backend, int... bShape) {
    return new ParameterSet(
        backend,
        List.of(
            ParameterSpec.of("a", new Initializer.Normal(1f), 3, 4),
            ParameterSpec.of("b", new Initializer.Normal(1f), bShape)),
        RandomStream.of(17));
  }

  private static void check(Case example) {
    try (TensorBackend backend = backend();
        ParameterSet parameters = parameters(backend, example.bShape())) {
      NamedArrays gradients = gradients(backend, parameters, example);
      for (String name : List.of("a", "b")) {
        float[] expected = finiteDifferences(backend, parameters, example, name);
        float[] actual = gradients.get(name).values();
        for (int i = 0; i < expected.length; i++) {
          assertThat(Math.abs(actual[i] - expected[i]))
              .as("%s: d%s[%d] is %s, by differences %s", example, name, i, actual[i], expected[i])
              .isLessThan(2e-2f * (1 + Math.abs(expected[i])));
        }
      }
    }
  }

  private static NamedArrays gradients(
      TensorBackend backend, ParameterSet parameters, Case example) {
    try (TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(1));
      Variable out =
          example.function().apply(tape, new Variable[] {tape.parameter("a"), tape.parameter("b")});
      Tensor seed = scope.tensor(weights(out.value().size()), out.value().shape());
      tape.backward(out, seed);
      var result = new java.util.LinkedHashMap<String, NamedArrays.FloatArray>();
      tape.gradients(List.of("a", "b"))
          .forEach(
              (name, g) -> result.put(name, new NamedArrays.FloatArray(g.shape(), scope.read(g))));
      return new NamedArrays(result);
    }
  }

  /**
   * The loss is the output's sum under fixed weights, so that no element's gradient can hide behind
   * another's.
   */
  private static float[] weights(int size) {
    float[] weights = new float[size];
    RandomStream.of(23).draws(size).fill(weights, 0);
    return weights;
  }

  private static float[] finiteDifferences(
      TensorBackend backend, ParameterSet parameters, Case example, String name) {
    NamedArrays start = parameters.values();
    float[] values = start.get(name).values();
    float[] differences = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float original = values[i];
      values[i] = original + DELTA;
      parameters.setValues(start);
      double above = loss(backend, parameters, example);
      values[i] = original - DELTA;
      parameters.setValues(start);
      double below = loss(backend, parameters, example);
      values[i] = original;
      differences[i] = (float) ((above - below) / (2 * DELTA));
    }
    parameters.setValues(start);
    return differences;
  }

  private static double loss(TensorBackend backend, ParameterSet parameters, Case example) {
    try (TensorScope scope = backend.openScope()) {
      Tape tape = new ValueTape(scope, parameters::get);
      Variable out =
          example.function().apply(tape, new Variable[] {tape.parameter("a"), tape.parameter("b")});
      float[] values = scope.read(out.value());
      float[] weights = weights(values.length);
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += (double) values[i] * weights[i];
      }
      return Double.isNaN(sum) ? fail(values) : sum;
    }
  }

  private static double fail(float[] values) {
    throw new AssertionError("not a number among " + Arrays.toString(values));
  }

  @Test
  void theDerivativeOfALossByItselfIsToldFromAnother() {
    try (TensorBackend backend = backend();
        TensorScope scope = backend.openScope()) {
      Tensor gradient = scope.tensor(new float[] {2, 3}, 2);
      LossGradients saved = new LossGradients(List.of(gradient));
      assertThat(saved.times(scope, scope.one())).containsExactly(gradient);
      assertThat(scope.read(saved.times(scope, scope.tensor(new float[] {1}, 1)).get(0)))
          .containsExactly(2, 3);
      assertThat(scope.read(saved.times(scope, scope.tensor(new float[] {0.5f}, 1)).get(0)))
          .containsExactly(1, 1.5f);
    }
  }
}
