package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.model.Unrolled;
import org.seqgan.core.MethodCase;
import org.seqgan.core.TestBackends;

/** The relativistic losses, the inverse temperature, and relaxed tokens of RelGAN. */
class RelganGoldenTest {
  static Stream<Arguments> cases() {
    return Formula.onEveryBackend(MethodCase.of("relgan"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void losses(String backend, MethodCase example) {
    try (Formula formula = new Formula(backend)) {
      float[] real = example.floats("real");
      formula.input("real", real, real.length);
      formula.input("fake", example.floats("fake"), real.length);
      formula.run(
          tape ->
              GanLoss.RELATIVISTIC.ofCritic(tape, tape.parameter("real"), tape.parameter("fake")));
      example.assertClose(formula.value(), "d-loss", MethodCase.FLOAT);
      formula.run(
          tape ->
              GanLoss.RELATIVISTIC.ofGenerator(
                  tape, tape.parameter("real"), tape.parameter("fake")));
      example.assertClose(formula.value(), "g-loss", MethodCase.FLOAT);
    }
  }

  @ParameterizedTest
  @MethodSource("methodCases")
  void inverseTemperatures(MethodCase example) {
    int[] steps = example.integers("steps");
    int total = (int) example.number("total");
    double maximum = example.number("maximum");
    double[] exponential = new double[steps.length];
    double[] linear = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      exponential[i] = Relgan.Policy.EXPONENTIAL.inverseTemperature(steps[i], total, maximum);
      linear[i] = Relgan.Policy.LINEAR.inverseTemperature(steps[i], total, maximum);
    }
    example.assertClose(exponential, "exponential", MethodCase.DOUBLE);
    example.assertClose(linear, "linear", MethodCase.DOUBLE);
  }

  static Stream<MethodCase> methodCases() {
    return MethodCase.of("relgan");
  }

  /** The noise of given uniform numbers, where a tape's come from its draws. */
  @ParameterizedTest
  @MethodSource("cases")
  void relaxedTokens(String backend, MethodCase example) {
    int[] shape = example.shape("logits");
    double[] uniform = example.numbers("uniform");
    float[] noise = new float[uniform.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) -Math.log(-Math.log(uniform[i]));
    }
    try (TensorBackend opened = TestBackends.open(backend);
        TensorScope scope = opened.openScope()) {
      Unrolled.Drawn drawn =
          Unrolled.draw(
              new ValueTape(scope, name -> scope.zeros(1)),
              new ValueTape(scope, name -> scope.zeros(1))
                  .constant(scope.tensor(example.floats("logits"), shape)),
              scope.tensor(noise, shape),
              (float) example.number("inverse-temperature"));
      example.assertClose(scope.read(drawn.relaxed().value()), "relaxed");
      assertThat(scope.read(drawn.tokens())).isEqualTo(example.integers("tokens"));
    }
  }
}
