package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reduction;
import org.seqgan.core.MethodCase;

@DisplayName("The ranks of RankGAN")
final class RankganGoldenTest {
  private static final float NO_CHANGE = 1e-5f;

  static Stream<Arguments> cases() {
    return Formula.onEveryBackend(MethodCase.of("rankgan"));
  }

  /**
   * Formula with its inputs: features, references and a comparison set, features times a number.
   */
  private static Formula formula(String backend, MethodCase example, float scale) {
    Formula formula = new Formula(backend);
    for (String name : List.of("features", "references", "comparison")) {
      float[] values = example.floats(name);
      for (int i = 0; i < values.length; i++) {
        values[i] *= scale;
      }
      formula.input(name, values, example.shape(name));
    }
    return formula;
  }

  private static Variable nearness(Tape tape, float gamma) {
    return Rankgan.nearness(tape, tape.parameter("features"), tape.parameter("references"), gamma);
  }

  private static Variable rank(Tape tape, float gamma) {
    return Rankgan.rank(
        tape,
        tape.parameter("features"),
        tape.parameter("references"),
        tape.parameter("comparison"),
        gamma);
  }

  /** Each number of a vector by a run of its own: a formula has one number. */
  private static float[] values(Formula formula, int count, Function<Tape, Variable> vector) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int at = i;
      formula.run(tape -> tape.slice(vector.apply(tape), 0, at, at + 1));
      values[i] = formula.value();
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areThoseOfTheReference(String backend, MethodCase example) {
    float gamma = (float) example.number("gamma");
    int count = example.shape("features")[0];
    try (Formula formula = formula(backend, example, 1)) {
      example.assertClose(values(formula, count, tape -> rank(tape, gamma)), "paper");
      float[] scores = values(formula, count, tape -> nearness(tape, gamma));
      example.assertClose(Rankgan.shares(scores, count), "released");
    }
  }

  private static Variable loss(Tape tape, MethodCase example, Rankgan.Formula rank) {
    boolean[] real = example.flags("real");
    return Rankgan.loss(
        tape,
        rank,
        rows(tape, real, true),
        rows(tape, real, false),
        tape.parameter("references"),
        (float) example.number("gamma"),
        new Accuracy());
  }

  private static Variable rows(Tape tape, boolean[] real, boolean wanted) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < real.length; i++) {
      if (real[i] == wanted) {
        rows.add(i);
      }
    }
    int[] ids = rows.stream().mapToInt(Integer::intValue).toArray();
    return tape.embedding(tape.parameter("features"), tape.scope().ints(ids, ids.length));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossIsThatOfTheReference(String backend, MethodCase example) {
    try (Formula formula = formula(backend, example, 1)) {
      formula.run(tape -> loss(tape, example, Rankgan.Formula.RELEASED));
      example.assertClose(formula.value(), "released-loss", MethodCase.FLOAT);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsOfTheLossAreThoseOfFiniteDifferences(String backend, MethodCase example) {
    for (Rankgan.Formula rank : Rankgan.Formula.values()) {
      try (Formula formula = formula(backend, example, 1)) {
        formula.assertFiniteDifferences(tape -> loss(tape, example, rank), 2e-3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doNotDependOnTheLengthOfFeatures(String backend, MethodCase example) {
    float gamma = (float) example.number("gamma");
    int count = example.shape("features")[0];
    try (Formula formula = formula(backend, example, 1);
        Formula scaled = formula(backend, example, 37)) {
      assertThat(values(scaled, count, tape -> rank(tape, gamma)))
          .containsExactly(values(formula, count, tape -> rank(tape, gamma)), offset(NO_CHANGE));
      assertThat(values(scaled, count, tape -> nearness(tape, gamma)))
          .containsExactly(
              values(formula, count, tape -> nearness(tape, gamma)), offset(20 * NO_CHANGE));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void featuresWithoutLengthAreNearToNothing(String backend, MethodCase example) {
    try (Formula formula = new Formula(backend)) {
      int[] shape = example.shape("references");
      formula.input("features", new float[shape[1]], 1, shape[1]);
      formula.input("references", example.floats("references"), shape);
      formula.run(tape -> tape.reduce(Reduction.SUM, nearness(tape, 1), 0));
      assertThat(formula.value()).isZero();
      assertThat(formula.gradient("references")).containsOnly(new float[1], offset(0f));
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void ofABatchAddUpToOneAndFollowItsOrder(float[] scores, int batch) {
    float[] shares = Rankgan.shares(scores, batch);
    float[] reversed = new float[batch];
    for (int from = 0; from < scores.length; from += batch) {
      double sum = 0;
      for (int i = 0; i < batch; i++) {
        sum += shares[from + i];
        reversed[i] = scores[from + batch - 1 - i];
      }
      assertThat(sum).isCloseTo(1, offset(1e-6));
      float[] ofReversed = Rankgan.shares(reversed, batch);
      for (int i = 0; i < batch; i++) {
        assertThat(ofReversed[i]).isCloseTo(shares[from + batch - 1 - i], offset(1e-7f));
      }
    }
  }

  static Stream<Arguments> batches() {
    return Stream.of(
        Arguments.of(new float[] {1, 2, 3, 1000, 1001, -1000}, 3),
        Arguments.of(new float[] {0, 0, 0, 0}, 2),
        Arguments.of(new float[] {5}, 1));
  }
}
