package org.seqgan.core.trainer;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.core.MethodCase;

/** The relativistic losses of critic and generator. */
class RelganLossGoldenTest {
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
}
