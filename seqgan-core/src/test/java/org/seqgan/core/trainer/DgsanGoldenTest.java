package org.seqgan.core.trainer;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.core.MethodCase;

/** The loss of DGSAN and its gradient by the new generator's log-probabilities. */
final class DgsanGoldenTest {
  static Stream<MethodCase> cases() {
    return MethodCase.of("dgsan");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradient(MethodCase example) {
    double loss =
        check(example, true, "real-old", "real-new", "real-new-gradient")
            + check(example, false, "generated-old", "generated-new", "generated-new-gradient");
    example.assertClose(loss, "loss", MethodCase.DOUBLE);
  }

  private static double check(
      MethodCase example, boolean real, String old, String now, String gradient) {
    double[] ofOld = example.numbers(old);
    double[] ofNew = example.numbers(now);
    double[] slopes = new double[ofOld.length];
    double loss = 0;
    for (int i = 0; i < slopes.length; i++) {
      Dgsan.Term term = Dgsan.Term.of(real, ofOld[i], ofNew[i]);
      loss += term.loss();
      slopes[i] = term.derivative();
    }
    example.assertClose(slopes, gradient, MethodCase.DOUBLE);
    return loss;
  }
}
