package org.seqgan.core.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.core.MethodCase;

/** The loss of cooperative training and its gradient by the generator's logits. */
class CotGoldenTest {
  static Stream<Arguments> cases() {
    return Formula.onEveryBackend(MethodCase.of("cot"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradient(String backend, MethodCase example) {
    int[] shape = example.shape("generator-logits"); // (batch, time, vocabulary)
    int[] lengths = example.integers("lengths");
    int[] cells = cells(lengths, shape[1]);
    try (Formula formula = new Formula(backend)) {
      formula.input("logits", example.floats("generator-logits"), shape[0] * shape[1], shape[2]);
      float[] mediator = example.floats("mediator-logits");
      formula.run(
          tape -> {
            Variable m =
                tape.constant(tape.scope().tensor(mediator, shape[0] * shape[1], shape[2]));
            return Cot.divergence(
                tape,
                tape.logSoftmax(rows(tape, tape.parameter("logits"), cells)),
                tape.logSoftmax(rows(tape, m, cells)));
          });
      example.assertClose(formula.value(), "loss", MethodCase.FLOAT);
      example.assertClose(formula.gradient("logits"), "generator-logits-gradient");
    }
  }

  private static Variable rows(Tape tape, Variable all, int[] cells) {
    return tape.embedding(all, tape.scope().ints(cells, cells.length));
  }

  private static int[] cells(int[] lengths, int time) {
    List<Integer> cells = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      for (int t = 0; t < lengths[i]; t++) {
        cells.add(i * time + t);
      }
    }
    return cells.stream().mapToInt(Integer::intValue).toArray();
  }
}
